import { CircleCheck, CircleHelp, CircleX, Database, type LucideIcon, RadioTower, Route, ServerCog } from 'lucide-react'
import { useNow } from '../orders/use-now.ts'
import { formatIn } from '../shell/format.ts'
import { m } from '../texts/paraglide/messages.js'
import classes from './system.module.css'
import type { Part, SystemView } from './system-query.ts'

const NAMES = {
  database: { icon: Database, name: m.system_database, text: m.system_database_text },
  engine: { icon: Route, name: m.system_engine, text: m.system_engine_text },
  worker: { icon: ServerCog, name: m.system_worker, text: m.system_worker_text },
  gateway: { icon: RadioTower, name: m.system_gateway, text: m.system_gateway_text },
} satisfies Record<Part['name'], { icon: LucideIcon; name: () => string; text: () => string }>

const STATES = {
  up: { icon: CircleCheck, word: m.system_up },
  down: { icon: CircleX, word: m.system_down },
  unknown: { icon: CircleHelp, word: m.system_unknown },
} satisfies Record<Part['state'], { icon: LucideIcon; word: () => string }>

const CHANNELS = { sandbox: m.gateway_sandbox, kannel: m.gateway_kannel } satisfies Record<
  SystemView['channel']['kind'],
  () => string
>

interface Props {
  parts: Part[]
  channel: SystemView['channel']['kind']
}

/** The parts that Tidings is made of, and whether each answers. */
export function Parts({ parts, channel }: Props) {
  return (
    <ul className={classes.parts}>
      {parts.map((part) => (
        <PartCard key={part.name} part={part} detail={detailOf(part, channel)} />
      ))}
    </ul>
  )
}

function PartCard({ part, detail }: { part: Part; detail: string | null }) {
  const { icon: Icon, name, text } = NAMES[part.name]
  const { icon: StateIcon, word } = STATES[part.state]
  const nowMs = useNow()
  return (
    <li className={classes.part}>
      <div className={classes.head}>
        <h3 className={classes.name}>
          <Icon size={16} aria-hidden />
          {name()}
        </h3>
        <span className={classes.state} data-state={part.state}>
          <StateIcon size={16} aria-hidden />
          {word()}
        </span>
      </div>
      <p className={classes.text}>{text()}</p>
      {detail && <p className={classes.detail}>{detail}</p>}
      {part.state !== 'up' && part.since && <p className={classes.detail}>{sinceOf(part, nowMs)}</p>}
      {part.name === 'gateway' && part.detail && <p className={classes.reason}>{part.detail}</p>}
    </li>
  )
}

function sinceOf({ name, since }: Part, nowMs: number): string {
  // what began a moment ago is not in the future, whatever the page's minute says
  const ago = formatIn(since!, Math.max(nowMs, Date.parse(since!)))
  return name === 'gateway' ? m.system_gateway_since({ ago }) : m.system_since({ ago })
}

function detailOf({ name, detail }: Part, channel: Props['channel']): string | null {
  if (name === 'gateway') return CHANNELS[channel]()
  if (name === 'worker' && detail !== null) return m.system_workers({ count: Number(detail) })
  return detail
}
