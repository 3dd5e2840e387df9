"""The window as a whole: its parts side by side, its menus and keys, its files."""
