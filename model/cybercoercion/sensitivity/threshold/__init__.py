"""At which value of an input the answer flips."""
