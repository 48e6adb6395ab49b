/** Phones remembered on all lines together: those that were last active. */
export const PHONES_KEPT_MAX = 500
/** Texts remembered of each, both directions together. */
export const TEXTS_KEPT_MAX = 50

export interface PhoneText {
  id: string
  direction: 'to_phone' | 'from_phone'
  text: string
  /** ISO 8601. */
  at: string
}

/** A phone in the list of phones. */
interface PhoneSummary {
  number: string
  lastText: string
  lastAt: string
  /** Texts in both directions since the phone is remembered. */
  count: number
}

/** What the phones of the sandbox show. A number has a phone on every line; without a line all of them are one. */
export interface Phones {
  /** A text reaches the phone; its answers go to `replyUrl` from now on. */
  receive(number: string, text: PhoneText, replyUrl: string): void
  /** The phone answers to `replyUrl`; ignored when the phone is not remembered. */
  answer(number: string, text: PhoneText, replyUrl: string): void
  /** Where an answer goes, or undefined when the phone got no text or was forgotten. */
  replyUrlOf(number: string, line?: string): string | undefined
  /** The last active first. */
  list(line?: string): PhoneSummary[]
  /** The newest last; none when the phone got no text or was forgotten. */
  textsOf(number: string, line?: string): readonly PhoneText[]
}

/** Which line a text came on: the last part of the path that its answers go to, whatever host and port it has. */
const lineOf = (replyUrl: string): string => new URL(replyUrl).pathname.split('/').at(-1)!

interface Phone {
  number: string
  line: string
  texts: PhoneText[]
  count: number
  replyUrl: string
}

/** An empty network; `onText` hears of every text in either direction. */
export function makePhones(onText: (number: string, text: PhoneText) => void): Phones {
  // in order of activity: the first is the next to be forgotten
  const phones = new Map<string, Phone>()
  const sizes = new Map<string, number>()
  const keyOf = ({ number, line }: { number: string; line: string }): string => `${number} ${line}`
  const grow = (line: string, by: number) => sizes.set(line, (sizes.get(line) ?? 0) + by)

  function keep(phone: Phone, text: PhoneText): void {
    phone.count++
    phone.texts.push(text)
    if (phone.texts.length > TEXTS_KEPT_MAX) phone.texts.shift()
    if (!phones.delete(keyOf(phone))) grow(phone.line, 1)
    phones.set(keyOf(phone), phone)
    if (phones.size > PHONES_KEPT_MAX) forgetOne()
    onText(phone.number, text)
  }

  // of the line that has most, so that a busy line does not take the phones of the others
  function forgetOne(): void {
    const [largest] = [...sizes].reduce((a, b) => (b[1] > a[1] ? b : a))
    for (const phone of phones.values()) {
      if (phone.line !== largest) continue
      phones.delete(keyOf(phone))
      grow(largest, -1)
      if (sizes.get(largest) === 0) sizes.delete(largest)
      return
    }
  }

  /** The phones of a number or a line, the last active first. */
  const find = (number?: string, line?: string): Phone[] =>
    [...phones.values()]
      .reverse()
      .filter((p) => (number === undefined || p.number === number) && (line === undefined || p.line === line))

  return {
    receive(number, text, replyUrl) {
      const line = lineOf(replyUrl)
      const phone = phones.get(keyOf({ number, line })) ?? { number, line, texts: [], count: 0, replyUrl }
      phone.replyUrl = replyUrl
      keep(phone, text)
    },
    answer(number, text, replyUrl) {
      const phone = phones.get(keyOf({ number, line: lineOf(replyUrl) }))
      if (phone) keep(phone, text)
    },
    replyUrlOf: (number, line) => find(number, line)[0]?.replyUrl,
    list(line) {
      const summaries = new Map<string, PhoneSummary>()
      for (const { number, texts, count } of find(undefined, line)) {
        const last = texts.at(-1)!
        const seen = summaries.get(number)
        if (seen) seen.count += count
        else summaries.set(number, { number, lastText: last.text, lastAt: last.at, count })
      }
      return [...summaries.values()]
    },
    textsOf: (number, line) =>
      find(number, line)
        .flatMap((phone) => phone.texts)
        .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
  }
}
