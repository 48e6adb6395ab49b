import { execFile } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { promisify } from 'node:util'
import { CannotStart } from './daemon.ts'

const execute = promisify(execFile)

/** How this process runs a program that refuses to run as root. */
export interface Unprivileged {
  run(program: string, args: readonly string[]): Promise<void>
  /** Hands a folder with all that is in it to the user whom the program believes to be. */
  own(folder: string): Promise<void>
}

/** As ourselves if we are not root, else under another user id that may still enter our folders. Throws `CannotStart`. */
export async function unprivileged(): Promise<Unprivileged> {
  if (process.getuid?.() !== 0) return under([], undefined)
  const { uid, gid } = anOrdinaryUser()
  // in a user namespace of its own the program sees another id, while its files stay root's
  const renamed = ['unshare', '--user', `--map-user=${uid}`, `--map-group=${gid}`]
  if (await showsItselfAs(uid, renamed)) return under(renamed, 0)
  // containers often forbid namespaces; there it becomes that user, with leave to enter what is root's
  const capable = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override']
  const become = ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', ...capable]
  if (await showsItselfAs(uid, become)) return under(become, uid)
  throw new CannotStart(
    'Postgres does not run as root, and neither unshare nor setpriv works here: start Tidings as an ordinary user, or set DATABASE_URL.',
  )
}

function under(prefix: readonly string[], owner: number | undefined): Unprivileged {
  return {
    async run(program, args) {
      const [file, ...rest] = [...prefix, program, ...args]
      await execute(file!, rest)
    },
    async own(folder) {
      if (owner !== undefined && statSync(folder).uid !== owner) await execute('chown', ['-R', `${owner}`, folder])
    },
  }
}

async function showsItselfAs(uid: number, prefix: readonly string[]): Promise<boolean> {
  try {
    const { stdout } = await execute(prefix[0]!, [...prefix.slice(1), 'id', '-u'])
    return stdout.trim() === `${uid}`
  } catch {
    return false
  }
}

/** Postgres looks its user up by name, so the id must be a known one. */
function anOrdinaryUser(): { uid: number; gid: number } {
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':').slice(2, 4).map(Number))
  const [uid, gid] = users.find(([id]) => id) ?? [65534, 65534]
  return { uid: uid!, gid: gid! }
}
