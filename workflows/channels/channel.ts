/** One text as a channel carries it. */
export interface Text {
  /** Our message id; the same for every attempt. */
  id: string
  /** E.164. */
  to: string
  text: string
  /** Where the gateway tells what became of the text. */
  receiptUrl: string
  /** Where the gateway tells what the phone answers. */
  replyUrl: string
}

/** What one attempt to hand a text over came to. Only `unknown` may have reached a phone without our knowing. */
export type HandOver =
  | { outcome: 'sent'; gatewayId: string }
  /** The gateway said no for good. */
  | { outcome: 'failed'; reason: string }
  /** Surely not accepted; `afterMs` is the gateway's own wish when to try again. */
  | { outcome: 'again'; reason: string; afterMs?: number }
  /** The answer was lost after the text left us: it may have been accepted. */
  | { outcome: 'unknown'; reason: string }

/** A way to a phone network. */
export interface Channel {
  kind: string
  /** Whether the network drops a repeated id itself, so that an `unknown` may simply be sent again. */
  idempotent: boolean
  /** One attempt; an outage is an outcome, so it never rejects. Aborting `signal` ends it with what is known then.
   *  `settings` are the workspace's for this channel, in the form of its kind; no outcome repeats a secret of them. */
  send(text: Text, signal: AbortSignal, settings: unknown): Promise<HandOver>
  /** The same for several at once, where the network takes groups; one outcome a text, in their order. */
  sendAll?(texts: readonly Text[], signal: AbortSignal, settings: unknown): Promise<HandOver[]>
}
