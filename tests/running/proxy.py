"""Something between the site and its Redis that can be slow, hang, refuse, or do all of it in turns."""

import asyncio
import threading
from contextlib import suppress


class Proxy:
    """Listens on a port of its own and passes on what comes; ``mood`` says how, from now on.

    "up", "slow" (each piece 300 ms late), "hanging" (takes everything, gives nothing), "down" (cuts and refuses).
    """

    SLOW = 0.3

    def __init__(self, host: str, port: int) -> None:
        self.behind = host, port
        self.mood = "up"
        self.writers: set[asyncio.StreamWriter] = set()
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.server = self.do(asyncio.start_server(self._pass_on, "127.0.0.1", 0))
        self.port: int = self.server.sockets[0].getsockname()[1]

    def do(self, work):
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(30)

    def become(self, mood: str) -> None:
        self.mood = mood
        if mood == "down":
            self.do(self._cut())

    async def _cut(self) -> None:
        for writer in list(self.writers):
            writer.transport.abort()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.mood == "down":
            writer.transport.abort()
            return
        with suppress(OSError):
            there, back = await asyncio.open_connection(*self.behind)
            self.writers |= {writer, back}
            ways = self._way(reader, back), self._way(there, writer)
            await asyncio.gather(*ways)
            self.writers -= {writer, back}

    async def _way(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while piece := await reader.read(65536):
                if self.mood == "slow":
                    await asyncio.sleep(self.SLOW)
                while self.mood == "hanging":
                    await asyncio.sleep(0.02)
                writer.write(piece)
                await writer.drain()
        writer.close()

    def close(self) -> None:
        self.do(self._close())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)
        self.loop.close()

    async def _close(self) -> None:
        self.server.close()
        self.mood = "down"
        await self._cut()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
