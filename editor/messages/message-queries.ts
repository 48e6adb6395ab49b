import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { MessageState } from '../../db/model/message.ts'
import { api, ask } from '../shell/api.ts'

/** Texts of one page of the ledger. */
export const MESSAGES_PAGE = 50

export interface MessagesSearch {
  state?: MessageState
  q?: string
  page?: number
}

/** A page of the ledger, the newest first; the previous one is kept while the next is on its way. */
export const messagesQuery = ({ state, q, page = 1 }: MessagesSearch) =>
  queryOptions({
    queryKey: ['messages', 'page', { state, q, page }],
    queryFn: () => askPage({ ...(state && { state }), ...(q && { q }), page }),
    placeholderData: keepPreviousData,
  })

/** One text, whichever page it is on; null where there is none. */
export const messageQuery = (id: string) =>
  queryOptions({
    queryKey: ['messages', 'one', id],
    queryFn: async () => (await ask(api.messages.$get({ query: { id } }))).messages[0] ?? null,
  })

const askPage = ({ page = 1, ...filter }: MessagesSearch) =>
  ask(api.messages.$get({ query: { ...filter, limit: `${MESSAGES_PAGE}`, offset: `${(page - 1) * MESSAGES_PAGE}` } }))
export type Message = Awaited<ReturnType<typeof askPage>>['messages'][number]
