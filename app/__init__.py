"""The decision aid in the browser: thin views over the package."""
