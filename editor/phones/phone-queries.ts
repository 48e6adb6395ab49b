import { queryOptions } from '@tanstack/react-query'
import { api, ask } from '../shell/api.ts'

/** The phones of the sandbox that got texts, the last active first. */
export const phonesQuery = queryOptions({
  queryKey: ['messages', 'phones'],
  queryFn: () => askPhones(),
})
const askPhones = async () => (await ask(api.phones.$get())).phones
export type Phone = Awaited<ReturnType<typeof askPhones>>[number]

/** One phone of the sandbox with its texts, the newest last. */
export const phoneQuery = (number: string) =>
  queryOptions({ queryKey: ['messages', 'phone', number], queryFn: () => askPhone(number) })
const askPhone = (number: string) => ask(api.phones[':number'].$get({ param: { number: encodeURIComponent(number) } }))
export type PhoneText = Awaited<ReturnType<typeof askPhone>>['texts'][number]
