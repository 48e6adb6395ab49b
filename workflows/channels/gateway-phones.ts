/** Phones remembered: those that were last active. */
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

/** What the phones of the sandbox show. */
export interface Phones {
  /** A text reaches the phone; its answers go to `replyUrl` from now on. */
  receive(number: string, text: PhoneText, replyUrl: string): void
  /** The phone answers; ignored when the phone is not remembered. */
  answer(number: string, text: PhoneText): void
  /** Where an answer goes, or undefined when the phone got no text or was forgotten. */
  replyUrlOf(number: string): string | undefined
  /** The last active first. */
  list(): PhoneSummary[]
  /** The newest last; none when the phone got no text or was forgotten. */
  textsOf(number: string): readonly PhoneText[]
}

interface Phone {
  texts: PhoneText[]
  count: number
  replyUrl: string
}

/** An empty network; `onText` hears of every text in either direction. */
export function makePhones(onText: (number: string, text: PhoneText) => void): Phones {
  // in order of activity: the first is the next to be forgotten
  const phones = new Map<string, Phone>()

  function keep(number: string, phone: Phone, text: PhoneText): void {
    phone.count++
    phone.texts.push(text)
    if (phone.texts.length > TEXTS_KEPT_MAX) phone.texts.shift()
    phones.delete(number)
    phones.set(number, phone)
    for (const oldest of phones.keys()) {
      if (phones.size <= PHONES_KEPT_MAX) break
      phones.delete(oldest)
    }
    onText(number, text)
  }

  return {
    receive(number, text, replyUrl) {
      const phone = phones.get(number) ?? { texts: [], count: 0, replyUrl }
      phone.replyUrl = replyUrl
      keep(number, phone, text)
    },
    answer(number, text) {
      const phone = phones.get(number)
      if (phone) keep(number, phone, text)
    },
    replyUrlOf: (number) => phones.get(number)?.replyUrl,
    list: () =>
      [...phones].reverse().map(([number, { texts, count }]) => {
        const last = texts.at(-1)!
        return { number, lastText: last.text, lastAt: last.at, count }
      }),
    textsOf: (number) => phones.get(number)?.texts ?? [],
  }
}
