"""``python -m tests.pictures``. A worker process imports this file too, so nothing stands at its top."""

if __name__ == "__main__":
    import asyncio

    from tests.pictures.take import main

    asyncio.run(main())
