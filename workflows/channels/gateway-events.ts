import type { ServerResponse } from 'node:http'
import type { PhoneText } from './gateway-phones.ts'

const LISTENERS_MAX = 50
/** A listener that reads slower than texts come is dropped; it connects again by itself. */
const UNREAD_BYTES_MAX = 1024 * 1024
/** An empty comment this often keeps the connection open. */
const BEAT_MS = 15_000

/** Server-sent events, one `text` for each text in either direction. */
export interface Events {
  /** False when as many listen as may. */
  listen(res: ServerResponse): boolean
  tell(number: string, text: PhoneText): void
  close(): void
}

export function makeEvents(): Events {
  const listeners = new Set<ServerResponse>()
  const beat = setInterval(() => send(':\n\n'), BEAT_MS).unref()

  function send(chunk: string): void {
    for (const res of listeners) {
      if (res.writableLength > UNREAD_BYTES_MAX) res.destroy()
      else res.write(chunk)
    }
  }

  return {
    listen(res) {
      if (listeners.size >= LISTENERS_MAX) return false
      res.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', connection: 'close' })
      res.write(':\n\n')
      listeners.add(res)
      res.on('close', () => listeners.delete(res))
      return true
    },
    tell(number, text) {
      if (listeners.size > 0) send(`event: text\ndata: ${JSON.stringify({ number, ...text })}\n\n`)
    },
    close() {
      clearInterval(beat)
      for (const res of listeners) res.end()
      // texts that are still being finished must not be written to them
      listeners.clear()
    },
  }
}
