/** A name without case, outer spaces and how its letters are composed: two names with one key are the same to people. Source: S2-24. */
export const nameKey = (name: string): string => name.normalize('NFC').trim().toLowerCase()

/** Whether Postgres takes a text: it takes neither NUL nor half a surrogate pair. */
export const isStorable = (text: string): boolean => !/\0|\p{Surrogate}/u.test(text)
