import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { readKannel } from '../../db/model/channel.ts'
import type { Channel, HandOver } from './channel.ts'
import { answerTo, messageOf } from './exchange.ts'
import { meaningOf, sendUrl } from './kannel-request.ts'

/** The channel to the Kannel of a workspace. Kannel takes a repeated text for a further one. */
export const kannelChannel = (): Channel => ({
  kind: 'kannel',
  idempotent: false,
  async send(text, signal, stored) {
    const settings = readKannel(stored)
    if (!settings) return { outcome: 'again', reason: 'Kannel is not connected yet' }
    return handOver(text.id, sendUrl(text, settings), signal)
  },
})

// Kannel knows no "100 Continue". Each text has a connection of its own: one that is lost before it stands carried
// nothing, while a kept one may be lost with the text in it.
async function handOver(id: string, target: URL, signal: AbortSignal): Promise<HandOver> {
  const request = target.protocol === 'https:' ? requestHttps : requestHttp
  let textSent = false
  try {
    const req = request(target, { agent: false })
    req.on('socket', (socket) => {
      const ready = target.protocol === 'https:' ? 'secureConnect' : 'connect'
      socket.once(ready, () => {
        textSent = true
      })
    })
    req.end()
    return meaningOf(id, await answerTo(req, signal))
  } catch (error) {
    return { outcome: textSent ? 'unknown' : 'again', reason: messageOf(error) }
  }
}
