import type { Axis } from '../../db/model/status.ts'
import { addStatus, changeStatus, deleteStatus, type StatusWish, viewStatuses } from '../../db/statuses.ts'
import type { Desk } from '../factories.ts'

export const add = (desk: Desk, wish: Partial<Parameters<typeof addStatus>[1]> = {}) =>
  desk.run((tx) =>
    addStatus(tx, { type: 'general', name: 'Packed', code: 'packed', group: 'accepted', ...wish }, desk.nowMs),
  )
export const change = (desk: Desk, code: string, wish: StatusWish, type: Axis = 'general') =>
  desk.run((tx) => changeStatus(tx, type, code, wish, desk.nowMs))
export const remove = (desk: Desk, code: string, type: Axis = 'general') =>
  desk.run((tx) => deleteStatus(tx, type, code, desk.nowMs))
export const view = async (desk: Desk, code: string, type: Axis = 'general') =>
  (await desk.run(viewStatuses)).find((s) => s.type === type && s.code === code)
export const timeoutAfter = (amount: number, unit: 'minute' | 'hour' | 'day' | 'month', to: string) => ({
  timeout: { after: { amount, unit }, to },
})
