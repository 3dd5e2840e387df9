"""The window: everything that is drawn and clicked. The only package that knows Qt."""
