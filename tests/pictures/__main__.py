"""``python -m tests.pictures``. A worker process imports this file too, so nothing stands at its top."""

if __name__ == "__main__":
    import asyncio
    import sys

    from bot.errors import StartupError
    from tests.pictures.take import main

    try:
        asyncio.run(main())
    except StartupError as error:
        sys.exit(str(error))
