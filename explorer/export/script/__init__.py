"""Write a network on its data as a program that stands alone, as its operations and terms say it is written."""
