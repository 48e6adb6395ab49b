import { MESSAGE_STATES, type MessageState } from '../db/model/message.ts'
import { AXES, type Axis, GROUPS, type Group } from '../db/model/status.ts'

/**
 * What each page keeps in its address, so that every tab, filter and selection is a link. Anything may be typed there:
 * what does not fit is left out.
 */
type Raw = Record<string, unknown>

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined
const uuid = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value) ? value : undefined
const oneOf = <const T extends string>(values: readonly T[], value: unknown): T | undefined =>
  values.find((known) => known === value)
const count = (value: unknown): number | undefined =>
  Number.isInteger(Number(value)) && Number(value) > 1 ? Number(value) : undefined

/** The given parts alone, so that addresses stay short. */
const given = <T extends object>(parts: { [K in keyof T]: T[K] | undefined }): Partial<T> =>
  Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined)) as Partial<T>

/** `archived`: the archive instead of all other orders. */
export const orders = (raw: Raw) =>
  given<{ type: Axis; status: string; container: string; q: string; page: number; archived: true }>({
    type: oneOf(AXES, raw.type),
    status: text(raw.status),
    container: text(raw.container),
    q: text(raw.q),
    page: count(raw.page),
    archived: raw.archived === true ? true : undefined,
  })

export const ORDER_TRACKS = ['all', 'statuses', 'campaigns', 'messages'] as const
export const order = (raw: Raw) =>
  given<{ show: (typeof ORDER_TRACKS)[number] }>({ show: oneOf(ORDER_TRACKS, raw.show) })

/** `add`: the template, or `blank`, that stands chosen in the dialog of a new campaign. */
export const campaigns = (raw: Raw) => given<{ add: string }>({ add: text(raw.add) })

export const CAMPAIGN_MODES = ['edit', 'live'] as const
/** `step`: the chosen step; `v`: the version shown instead of the draft; `panel`: what stands open at the side. */
export const campaign = (raw: Raw) =>
  given<{ mode: (typeof CAMPAIGN_MODES)[number]; step: string; v: number; open: 'versions' | 'publish' | 'people' }>({
    mode: oneOf(CAMPAIGN_MODES, raw.mode),
    step: text(raw.step),
    v: Number.isInteger(Number(raw.v)) && Number(raw.v) > 0 ? Number(raw.v) : undefined,
    open: oneOf(['versions', 'publish', 'people'], raw.open),
  })

/** `who`: the customer of whom is told why they are in or out. */
export const segment = (raw: Raw) => given<{ who: string }>({ who: uuid(raw.who) })

export const messages = (raw: Raw) =>
  given<{ state: MessageState; q: string; page: number; id: string }>({
    state: oneOf(MESSAGE_STATES, raw.state),
    q: text(raw.q),
    page: count(raw.page),
    id: uuid(raw.id),
  })

export const phones = (raw: Raw) => given<{ number: string }>({ number: text(raw.number) })

const REPORTS = ['now', 'over-time', 'entries', 'stays', 'flow'] as const
type ReportName = (typeof REPORTS)[number]
const day = (value: unknown): string | undefined =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && isDay(value) ? value : undefined
const isDay = (text: string): boolean =>
  !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text)
const RANGE_DAYS_MAX = 366

/** `from` and `until`: the first and the last day, where it is not the last `days`; `tables`: reports shown as tables, joined by dots. */
export const analytics = (raw: Raw) =>
  given<{ type: Axis; by: 'group'; days: number; from: string; until: string; tables: string }>({
    type: oneOf(AXES, raw.type),
    by: oneOf(['group'], raw.by),
    days: (count(raw.days) ?? 0) <= RANGE_DAYS_MAX ? count(raw.days) : undefined,
    from: day(raw.from),
    until: day(raw.until),
    tables:
      String(raw.tables ?? '')
        .split('.')
        .filter((name) => REPORTS.includes(name as ReportName))
        .join('.') || undefined,
  })

/** `code`: the status that stands open; `group`: the one chosen at first for a status that is added; `containers`,
 *  `check`, `import`: whether the containers, the check of all or the dialog for a list of statuses stand open. */
export const statuses = (raw: Raw) =>
  given<{ type: Axis; code: string; add: true; group: Group; containers: true; check: true; import: true }>({
    type: oneOf(AXES, raw.type),
    code: text(raw.code),
    add: raw.add === true ? true : undefined,
    group: oneOf(GROUPS, raw.group),
    containers: raw.containers === true ? true : undefined,
    check: raw.check === true ? true : undefined,
    import: raw.import === true ? true : undefined,
  })

/** `id`: the shop that stands open; `gateway`: whether the settings of Kannel do. */
export const integrations = (raw: Raw) =>
  given<{ id: string; add: true; gateway: true }>({
    id: text(raw.id),
    add: raw.add === true ? true : undefined,
    gateway: raw.gateway === true ? true : undefined,
  })
