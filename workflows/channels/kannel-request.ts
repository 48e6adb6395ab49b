import type { KannelSettings } from '../../db/model/channel.ts'
import type { HandOver, Text } from './channel.ts'

/** The statuses we want to be told: delivered, not delivered, and refused by the SMS centre. Source: Kannel's user
 *  guide, "dlr-mask". */
const RECEIPTS_ASKED = 1 + 2 + 16

/** The letters of GSM 03.38 with its extension; any other makes a text twice as long. */
const GSM = /^[\n\f\r !"#$%&'()*+,\-./0-9:;<=>?@A-Z[\\\]^_a-z{|}~¡£¤¥§¿ÄÅÆÇÉÑÖØÜßàäåæèéìñòöøùüΓΔΘΛΞΠΣΦΨΩ€]*$/
const CODINGS = { gsm: '0', unicode: '2' }

/** The alphabet in which a text leaves: the one in which its parts were counted. Source: GSM 03.38. */
export const alphabetOf = (text: string): keyof typeof CODINGS => (GSM.test(text) ? 'gsm' : 'unicode')

/** The address to GET so that Kannel takes a text. It holds the password. Source: Kannel's user guide, "SMS push". */
export function sendUrl({ id, to, text, receiptUrl }: Text, { url, username, password, from }: KannelSettings): URL {
  const target = new URL(url)
  target.search = new URLSearchParams({
    username,
    password,
    from,
    to,
    text,
    charset: 'UTF-8',
    coding: CODINGS[alphabetOf(text)],
    'dlr-mask': `${RECEIPTS_ASKED}`,
    // what begins with % is filled in by Kannel
    'dlr-url': `${receiptUrl}?id=${id}&status=%d&answer=%A`,
  }).toString()
  return target
}

const sentAs = (gatewayId: string): HandOver => ({ outcome: 'sent', gatewayId })
const failed = (reason: string) => (): HandOver => ({ outcome: 'failed', reason })
const again = (reason: string) => (): HandOver => ({ outcome: 'again', reason })

/** Kannel's answers and what each means; the first that fits counts. What is wrong with settings is not the text's
 *  fault: it waits until they are right. Kannel names no id, so ours stands for it. */
const ANSWERS: { status: number; says: RegExp; means: (id: string) => HandOver }[] = [
  { status: 202, says: /^(0: |3: |Sent\.)/, means: sentAs },
  { status: 200, says: /^(0: |3: |Sent\.)/, means: sentAs },
  { status: 403, says: /^Authorization failed/, means: again('Kannel refused the user name or the password') },
  { status: 403, says: /^Not routable/, means: failed('Kannel has no way to this number') },
  { status: 400, says: /^Number\(s\) has\/have been denied/, means: failed('Kannel does not take this number') },
  { status: 503, says: /^/, means: again('Kannel takes nothing at the moment') },
]

/** What an answer means. A repeated text may arrive twice, so what nobody knows stays unknown. */
export function meaningOf(id: string, { status, body }: { status: number; body: string }): HandOver {
  const known = ANSWERS.find((answer) => answer.status === status && answer.says.test(body))
  if (known) return known.means(id)
  // the words of a stranger may repeat our request, password and all
  const reason = `Kannel answered ${status}; check its address and settings`
  const isPage = /^\s*</.test(body)
  const mayBeTaken = status >= 500 || (status >= 200 && status < 300 && !isPage)
  return { outcome: mayBeTaken ? 'unknown' : 'again', reason }
}
