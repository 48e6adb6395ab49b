/** The ways out to phones: the stand-in network of the product, and Kannel, an SMS gateway. */
export const CHANNEL_KINDS = ['sandbox', 'kannel'] as const
export type ChannelKind = (typeof CHANNEL_KINDS)[number]
