import type { Problem } from './refusal.ts'

/** The ways out to phones: the stand-in network of the product, and Kannel, an SMS gateway. */
export const CHANNEL_KINDS = ['sandbox', 'kannel'] as const
export type ChannelKind = (typeof CHANNEL_KINDS)[number]

/** How a workspace's texts leave by Kannel. Source: Kannel's user guide, "SMS push". */
export interface KannelSettings {
  /** Of its smsbox: `http://host:13013/cgi-bin/sendsms`. */
  url: string
  /** Of a `sendsms-user` group. */
  username: string
  password: string
  /** Who the text is from, as phones show it: a name or a number. */
  from: string
}
/** Settings as they are asked for; a password that is not given stays as it is, for the same server. */
export type KannelWish = Omit<KannelSettings, 'password'> & { password?: string | undefined }

const URL_MAX = 500
const WORD_MAX = 100
const FROM_MAX = 20
const PRINTABLE = /^[\x20-\x7e]+$/

const isShort = (max: number) => (value: string) => value !== '' && value.length <= max

/** What each setting must be, and how people are told. */
const RULES: { [K in keyof KannelSettings]: { holds: (value: string) => boolean; detail: string } } = {
  url: {
    holds: (value) => value.length <= URL_MAX && isPlainUrl(value),
    detail: 'an http or https address such as http://127.0.0.1:13013/cgi-bin/sendsms is expected, without a name or ?',
  },
  username: { holds: isShort(WORD_MAX), detail: `a name of at most ${WORD_MAX} characters is expected` },
  password: { holds: isShort(WORD_MAX), detail: `a password of at most ${WORD_MAX} characters is expected` },
  from: {
    holds: (value) => isShort(FROM_MAX)(value) && PRINTABLE.test(value),
    detail: `a name or number of at most ${FROM_MAX} letters without accents, digits or signs is expected`,
  },
}
const FIELDS = Object.keys(RULES) as (keyof KannelSettings)[]

/** Everything wrong with settings, by field; a password that is not given is not missed. */
export const problemsInKannel = (wish: KannelWish): Problem[] =>
  FIELDS.flatMap((field) => {
    const value = wish[field]
    const isFine = value === undefined || RULES[field].holds(value)
    return isFine ? [] : [{ field, detail: RULES[field].detail }]
  })

/** Whether two addresses are of one server, at one port and as safe to talk to. */
export const isSameServer = (url: string, other: string): boolean => new URL(url).origin === new URL(other).origin

/** Settings as they are stored; null while they are not whole. */
export function readKannel(stored: unknown): KannelSettings | null {
  if (typeof stored !== 'object' || stored === null) return null
  const { url, username, password, from } = stored as Record<string, unknown>
  const isWhole = [url, username, password, from].every((value) => typeof value === 'string' && value !== '')
  return isWhole ? (stored as KannelSettings) : null
}

/** Its own query is for us to write, and a name and password in it would get into logs. */
function isPlainUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, username, password, search, hash } = new URL(text)
  return /^https?:$/.test(protocol) && [username, password, search, hash].every((part) => part === '')
}
