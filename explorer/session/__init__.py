"""Hold what is shown: the document and its edits, the trace they lead to, the cursor, undo, and files. No Qt."""
