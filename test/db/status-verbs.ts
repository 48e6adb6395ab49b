import type { Axis } from '../../db/model/status.ts'
import { deleteStatus, type Removal } from '../../db/status-removal.ts'
import { viewStatuses } from '../../db/status-views.ts'
import { addStatus, changeStatus, type StatusWish } from '../../db/statuses.ts'
import type { Desk } from '../factories.ts'

export const add = (desk: Desk, wish: Partial<Parameters<typeof addStatus>[1]> = {}) =>
  desk.run((tx) =>
    addStatus(tx, { type: 'general', name: 'Packed', code: 'packed', group: 'accepted', ...wish }, desk.nowMs),
  )
export const change = (desk: Desk, code: string, wish: StatusWish, type: Axis = 'general') =>
  desk.run((tx) => changeStatus(tx, type, code, wish, desk.nowMs))
export const removal = (code: string, more: Partial<Removal> = {}): Removal => ({
  type: 'general',
  code,
  actor: { kind: 'bulk', id: 'somebody' },
  silent: true,
  ...more,
})
export const remove = (desk: Desk, code: string, type: Axis = 'general') =>
  desk.run((tx) => deleteStatus(tx, removal(code, { type }), desk.nowMs))
export const view = async (desk: Desk, code: string, type: Axis = 'general') =>
  (await desk.run(viewStatuses)).find((s) => s.type === type && s.code === code)
export const timeoutAfter = (amount: number, unit: 'minute' | 'hour' | 'day' | 'month', to: string) => ({
  timeout: { after: { amount, unit }, to },
})
