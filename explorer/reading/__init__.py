"""Read numbers as people type them and as programs print them, exactly as they stand there, or say why not."""
