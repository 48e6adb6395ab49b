import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../../db/daemon.ts'
import type { KannelSettings } from '../../../db/model/channel.ts'
import { until } from '../../stack/until.ts'
import { type PhoneText, textsIn } from './fake-network.ts'

const PROGRAMS = {
  bearerbox: '/usr/sbin/bearerbox',
  smsbox: '/usr/sbin/smsbox',
  fakesmsc: '/usr/lib/kannel/test/fakesmsc',
}
export const isKannelInstalled = (): boolean => Object.values(PROGRAMS).every((path) => existsSync(path))

/** Numbers that begin so are refused by the fake network. */
export const REFUSED_PREFIX = '+380999'
/** The number to which phones answer. */
const SHOP_NUMBER = '5433'

/** A Kannel with a phone network of its own; it can be killed and started again in the same place. */
export interface Kannel {
  /** How to send by it. */
  settings: KannelSettings
  /** `replyUrl` as GET /v1/channels tells it. */
  start(replyUrl: string): Promise<void>
  kill(signal?: NodeJS.Signals): Promise<void>
  /** What came to phones since the first start, whole texts in the order in which they came. */
  texts(): PhoneText[]
  /** A phone sends a text to the shop. */
  say(from: string, text: string): void
  /** Kills what runs and removes its folder. */
  end(): Promise<void>
}

/** A Kannel that does not run yet, on free ports; throws where it is not installed. */
export async function makeKannel(): Promise<Kannel> {
  if (!isKannelInstalled()) throw new Error('Kannel is not installed: apt-get install kannel kannel-extras')
  const folder = mkdtempSync(join(tmpdir(), 'tidings-kannel-'))
  const [admin, box, network, sendsms] = await Promise.all([freePort(), freePort(), freePort(), freePort()])
  const url = `http://127.0.0.1:${sendsms}/cgi-bin/sendsms`
  const settings = { url, username: 'tidings', password: 'only-for-tests', from: 'Shop' }
  const status = `http://127.0.0.1:${admin}/status.txt?password=none`
  const file = join(folder, 'kannel.conf')
  let running: ChildProcess[] = []
  let phones: ChildProcess | undefined
  let heard = ''

  function run(name: keyof typeof PROGRAMS, args: string[]): ChildProcess {
    const child = spawn(PROGRAMS[name], args, { stdio: ['pipe', 'ignore', 'pipe'] })
    child.stderr!.pipe(createWriteStream(join(folder, `${name}.log`), { flags: 'a' }))
    running.push(child)
    // also when whoever started it ends early
    process.once('exit', () => child.kill('SIGKILL'))
    return child
  }

  async function kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const alive = running.filter((child) => child.exitCode === null && child.signalCode === null)
    const ends = alive.map((child) => once(child, 'exit'))
    for (const child of alive) child.kill(signal)
    await Promise.all(ends)
    running = []
  }

  return {
    settings,
    kill,
    async start(replyUrl) {
      writeFileSync(file, configOf({ folder, admin, box, network, sendsms, settings, replyUrl }))
      run('bearerbox', [file])
      await until(() => answers(status))
      run('smsbox', [file])
      await until(() => answers(url))
      phones = run('fakesmsc', ['-H', '127.0.0.1', '-r', `${network}`, '-i', '0'])
      phones.stderr!.setEncoding('utf8').on('data', (chunk: string) => {
        heard += chunk
      })
      await until(async () => / FAKE:\d+ \(online/.test(await textAt(status)))
    },
    texts: () => textsIn(heard),
    say(from, text) {
      const utf16 = [...Buffer.from(text, 'utf16le').swap16()].map((byte) => `%${byte.toString(16).padStart(2, '0')}`)
      const isPlain = /^[ -~]*$/.test(text)
      phones!.stdin!.write(`${from} ${SHOP_NUMBER} ${isPlain ? `text ${text}` : `ucs2 ${utf16.join('')}`}\n`)
    },
    async end() {
      await kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const textAt = async (url: string): Promise<string> => (await fetch(url)).text()
const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  )

interface Config {
  folder: string
  admin: number
  box: number
  network: number
  sendsms: number
  settings: KannelSettings
  replyUrl: string
}

/** The README tells the groups `smsbox`, `sendsms-user` and `sms-service` just so. */
const configOf = ({ folder, admin, box, network, sendsms, settings, replyUrl }: Config): string => `
group = core
admin-port = ${admin}
admin-password = none
smsbox-port = ${box}
box-allow-ip = 127.0.0.1
store-type = file
store-location = ${join(folder, 'store')}

group = smsc
smsc = fake
smsc-id = fake
host = 127.0.0.1
port = ${network}
connect-allow-ip = 127.0.0.1
denied-prefix = "${REFUSED_PREFIX}"

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = ${sendsms}
http-request-retry = 1000
http-queue-delay = 1

group = sendsms-user
username = ${settings.username}
password = ${settings.password}
max-messages = 8
concatenation = true

group = sms-service
keyword = default
catch-all = true
max-messages = 0
get-url = "${replyUrl}"
`
