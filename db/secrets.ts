import { createHash, randomBytes } from 'node:crypto'

/** A secret that nobody guesses: 256 bits, in letters that may stand in an address or a cookie. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

/** Whether a text has the form of `newSecret`. */
export const isSecret = (text: string): boolean => /^[\w-]{43}$/.test(text)

/** What is kept of a secret: its SHA-256, hex. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')
