"""Start RNN Explorer from a checkout: `python main.py`, `python main.py --help`."""

if __name__ == "__main__":
    # Imported only here: a spawned worker process imports this file again and must not pay for the app.
    from explorer.cli import main

    raise SystemExit(main())
