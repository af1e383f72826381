"""Parts of views: each a module with `show(...)`, which draws one thing or asks for one."""
