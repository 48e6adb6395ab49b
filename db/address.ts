import { publish, readPublished } from './home.ts'

const FILE = 'address'

/** Where browsers on this machine find the API, by `HOST` and `PORT`: `http://127.0.0.1:4000`. */
export function ownAddress({ HOST: host = '', PORT: port = '' }: NodeJS.ProcessEnv = process.env): string {
  const shown = ['', '0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host
  return `http://${shown}:${port || 4000}`
}

/** Makes the address known to commands that are run beside the API. */
export const publishAddress = (): void => publish(FILE, ownAddress())

/** Where the API of this home listens, or last did. */
export const knownAddress = (): string => readPublished(FILE) ?? ownAddress()

/** The address that signs a browser in, once. */
export const signInAddress = (address: string, secret: string): string => `${address}/sign-in/${secret}`
