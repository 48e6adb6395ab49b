import { appendFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { repeatCounter } from '../../../workflows/channels/gateway-ids.ts'
import { makePhones, PHONES_KEPT_MAX, TEXTS_KEPT_MAX } from '../../../workflows/channels/gateway-phones.ts'
import {
  aText,
  gatewayThatEnds,
  handOvers,
  linesOf,
  makeHome,
  send,
  startGateway,
  startReceiver,
  until,
} from './start-gateway.ts'

const RECEIPTS = 'sandbox-gateway-receipts.log'

describe('sandbox gateway', { timeout: 60_000 }, () => {
  it('has a text in its log before it answers', async () => {
    const [home, receiver] = [makeHome(), await startReceiver()]
    const { url } = await startGateway(home)
    const text = aText(receiver)
    const answer = await send(`${url}/texts`, text)
    expect(linesOf(home)).toEqual([{ at: expect.any(String), event: 'accepted', ...text, repeat: 0 }])
    expect(answer.status).toBe(202)
    expect(await answer.json()).toEqual({ id: text.id, gatewayId: expect.any(String) })
  })

  it('marks repeats, also after a restart, and tells their receipt once', async () => {
    const [home, receiver] = [makeHome(), await startReceiver()]
    const first = await startGateway(home)
    const text = aText(receiver)
    await send(`${first.url}/texts`, text)
    await Promise.all([send(`${first.url}/texts`, text), send(`${first.url}/texts`, text)])
    await until(() => linesOf(home, RECEIPTS).length === 1)
    await first.end('SIGKILL')

    const { url } = await startGateway(home)
    await send(`${url}/texts`, text)
    expect(linesOf(home).map(({ repeat }) => repeat)).toEqual([0, 1, 2, 3])
    const later = aText(receiver)
    await send(`${url}/texts`, later)
    await until(() => receiver.receipts().some(({ id }) => id === later.id))
    expect(receiver.receipts().filter(({ id }) => id === text.id)).toHaveLength(1)
  })

  it('refuses what is malformed with a sentence and logs nothing', async () => {
    const [home, receiver] = [makeHome(), await startReceiver()]
    const { url } = await startGateway(home)
    const malformed = [
      'a text',
      [],
      {},
      aText(receiver, { id: '' }),
      aText(receiver, { id: 'x'.repeat(65) }),
      aText(receiver, { to: '0501234567' }),
      aText(receiver, { text: '' }),
      aText(receiver, { text: 'x'.repeat(1_601) }),
      aText(receiver, { receiptUrl: 'file:///etc/passwd' }),
      aText(receiver, { replyUrl: 'nowhere' }),
    ]
    for (const body of malformed) {
      const answer = await send(`${url}/texts`, body)
      expect([body, answer.status]).toEqual([body, 400])
      expect(((await answer.json()) as { error: string }).error).toMatch(/^\S.* .*\S$/)
    }
    expect((await send(`${url}/texts`, { text: 'x'.repeat(65_536) })).status).toBe(413)
    // what a page of another site can send without asking
    const simple = { method: 'POST', headers: { 'content-type': 'text/plain' }, body: JSON.stringify(aText(receiver)) }
    expect((await fetch(`${url}/texts`, simple)).status).toBe(400)
    expect(linesOf(home)).toEqual([])
  })

  it('tells a receipt, and that numbers ending in 000 were absent', async () => {
    const [home, receiver] = [makeHome(), await startReceiver()]
    const { url } = await startGateway(home)
    const [on, off] = [aText(receiver), aText(receiver, { to: '+380501234000' })]
    await Promise.all([send(`${url}/texts`, on), send(`${url}/texts`, off)])
    await until(() => linesOf(home, RECEIPTS).length === 2)
    const receipts = new Map(receiver.receipts().map((receipt) => [receipt.id, receipt]))
    const at = expect.stringMatching(/^\d{4}-.*Z$/)
    expect(receipts.get(on.id)).toEqual({ id: on.id, state: 'delivered', at })
    expect(receipts.get(off.id)).toEqual({ id: off.id, state: 'undelivered', reason: 'absent', at })
  })

  it('retries a receipt while the receiver is down or failing, and records it when it was taken', async () => {
    const [home, receiver] = [makeHome(), await startReceiver()]
    const { url } = await startGateway(home)
    receiver.answer = 500
    const text = aText(receiver)
    await send(`${url}/texts`, text)
    await until(() => receiver.posts >= 2)
    await receiver.close()
    expect(linesOf(home, RECEIPTS)).toEqual([])
    receiver.answer = 200
    await receiver.open()
    await until(() => linesOf(home, RECEIPTS).length === 1)
    expect(linesOf(home, RECEIPTS)).toEqual([{ event: 'receipted', id: text.id }])
    expect(receiver.receipts().map(({ id }) => id)).toEqual([text.id])
  })

  it('gives a receipt up when the receiver says that it is gone', async () => {
    const [home, receiver] = [makeHome(), await startReceiver()]
    const { url } = await startGateway(home)
    receiver.answer = 410
    const text = aText(receiver)
    await send(`${url}/texts`, text)
    await until(() => linesOf(home, RECEIPTS).length === 1)
    expect(linesOf(home, RECEIPTS)).toEqual([{ event: 'given_up', id: text.id }])
    expect(receiver.posts).toBe(1)
  })

  it('tells a receipt once when it was killed between acceptance and receipt', async () => {
    const [home, receiver] = [makeHome(), await startReceiver()]
    const first = await startGateway(home, { RECEIPT_AFTER_MS: '60000' })
    const text = aText(receiver)
    await send(`${first.url}/texts`, text)
    await first.end('SIGKILL')
    expect(receiver.posts).toBe(0)

    for (let starts = 0; starts < 2; starts++) {
      const again = await startGateway(home)
      const later = aText(receiver)
      await send(`${again.url}/texts`, later)
      await until(() => linesOf(home, RECEIPTS).some(({ id }) => id === later.id))
      expect(receiver.receipts().filter(({ id }) => id === text.id)).toHaveLength(1)
      await again.end('SIGKILL')
    }
  })

  it('brings the answer of a phone to the reply url of its last text, also after a kill', async () => {
    const [home, receiver] = [makeHome(), await startReceiver()]
    const first = await startGateway(home)
    const { to } = aText(receiver)
    expect((await send(`${first.url}/phones/${to}/replies`, { text: 'STOP' })).status).toBe(404)
    await send(`${first.url}/texts`, aText(receiver, { replyUrl: `${receiver.url}/former` }))
    await send(`${first.url}/texts`, aText(receiver, { text: 'Оцініть нас' }))
    receiver.answer = 503
    const answer = await send(`${first.url}/phones/${encodeURIComponent(to)}/replies`, { text: 'STOP' })
    expect(answer.status).toBe(202)
    await until(() => receiver.posts > 0)
    await first.end('SIGKILL')

    receiver.answer = 200
    const { url } = await startGateway(home)
    await until(() => receiver.replies().length === 1)
    expect(receiver.replies()).toEqual([{ id: expect.any(String), from: to, text: 'STOP', at: expect.any(String) }])
    const { texts } = (await (await fetch(`${url}/phones/${to}/texts`)).json()) as { texts: object[] }
    expect(texts).toMatchObject([
      { direction: 'to_phone' },
      { direction: 'to_phone', text: 'Оцініть нас' },
      { direction: 'from_phone', text: 'STOP' },
    ])
    const { phones } = (await (await fetch(`${url}/phones`)).json()) as { phones: object[] }
    expect(phones).toMatchObject([{ number: to, lastText: 'STOP', count: 3 }])
  })

  it('keeps what comes on different lines to one number apart, also after a kill', async () => {
    const [home, receiver] = [makeHome(), await startReceiver()]
    const first = await startGateway(home)
    const on = (line: string) => aText(receiver, { text: `by ${line}`, replyUrl: `${receiver.url}/replies/${line}` })
    const { to } = on('a')
    await send(`${first.url}/texts`, on('a'))
    await send(`${first.url}/texts`, on('b'))
    const reply = (line: unknown) => send(`${first.url}/phones/${to}/replies`, { text: 'Дякую', line })
    expect((await reply('a')).status).toBe(202)
    expect([(await reply('c')).status, (await reply(7)).status]).toEqual([404, 400])
    await first.end('SIGKILL')

    const { url } = await startGateway(home)
    const read = async (path: string) => (await fetch(`${url}${path}`)).json()
    expect(await read('/phones?line=a')).toMatchObject({ phones: [{ number: to, lastText: 'Дякую', count: 2 }] })
    expect(await read('/phones?line=b')).toMatchObject({ phones: [{ number: to, lastText: 'by b', count: 1 }] })
    expect(await read('/phones?line=c')).toEqual({ phones: [] })
    expect(await read(`/phones/${to}/texts?line=a`)).toMatchObject({ texts: [{ text: 'by a' }, { text: 'Дякую' }] })
    expect(await read('/phones')).toMatchObject({ phones: [{ number: to, lastText: 'Дякую', count: 3 }] })
  })

  it('logs 2,000 texts that come at once exactly once each and tells all their receipts', async () => {
    const [home, receiver] = [makeHome(), await startReceiver()]
    const { url } = await startGateway(home)
    const texts = Array.from({ length: 2_000 }, (_, i) => aText(receiver, { to: `+3805${10_000_001 + i * 3}` }))
    const answers = await Promise.all(texts.map((text) => send(`${url}/texts`, text)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]))
    expect(handOvers(home)).toEqual(new Map(texts.map(({ id }) => [id, 1])))
    await until(() => linesOf(home, RECEIPTS).length === 2_000)
    expect(new Set(receiver.receipts().map(({ id }) => id)).size).toBe(2_000)
    expect(receiver.posts).toBeLessThan(1_000)
    expect(receiver.largest).toBeLessThanOrEqual(100)
  })

  it('has every text it answered exactly once in its log when it is killed with 500 in flight', async () => {
    const [home, receiver] = [makeHome(), await startReceiver()]
    const first = await startGateway(home)
    const taken: string[] = []
    const flight = async () => {
      const text = aText(receiver)
      if ((await send(`${first.url}/texts`, text)).status === 202) taken.push(text.id)
    }
    const flights = Promise.allSettled(Array.from({ length: 500 }, flight))
    await until(() => taken.length > 0)
    await first.end('SIGKILL')
    const ends = await flights
    expect(ends.some(({ status }) => status === 'rejected')).toBe(true)
    // the next start cuts off a line torn by the kill
    await startGateway(home)
    const counts = handOvers(home)
    expect(taken.filter((id) => counts.get(id) !== 1)).toEqual([])
    expect(linesOf(home).every(({ repeat }) => repeat === 0)).toBe(true)
  })

  it('cuts off a torn last line and refuses to start on a log that is not its own', async () => {
    const [home, receiver] = [makeHome(), await startReceiver()]
    const first = await startGateway(home)
    await send(`${first.url}/texts`, aText(receiver))
    await first.end('SIGKILL')
    appendFileSync(join(home, 'sandbox-gateway.log'), '{"at":"2026-11-22T00:00')
    const second = await startGateway(home)
    await send(`${second.url}/texts`, aText(receiver))
    expect(linesOf(home)).toHaveLength(2)
    await second.end('SIGKILL')

    appendFileSync(join(home, 'sandbox-gateway.log'), 'something else\n')
    expect(gatewayThatEnds(home)).toMatchObject({ status: 1, stderr: expect.stringContaining('is not its own; move') })
  })

  it('finishes what it holds when it is told to stop, and comes back at its address', async () => {
    const [home, receiver] = [makeHome(), await startReceiver()]
    const first = await startGateway(home, { SANDBOX_LATENCY_MS: '300' })
    const listening = await fetch(`${first.url}/phones/events`)
    const held = Promise.all(Array.from({ length: 20 }, () => send(`${first.url}/texts`, aText(receiver))))
    const isTaken = async () =>
      ((await (await fetch(`${first.url}/phones`)).json()) as { phones: [] }).phones.length > 0
    await until(isTaken)
    const stopped = Date.now()
    expect(await first.end('SIGTERM')).toBe(0)
    expect(Date.now() - stopped).toBeLessThan(2_000)
    await listening.text()
    expect((await held).map(({ status }) => status)).toEqual(Array(20).fill(202))
    const { url } = await startGateway(home)
    expect(url).toBe(first.url)
  })

  it('does not run twice in one home', async () => {
    const home = makeHome()
    await startGateway(home)
    const second = gatewayThatEnds(home)
    expect(second.status).toBe(78)
    expect(second.stdout).toMatch(/runs already/)
  })

  it('tells listeners of each text as it comes', async () => {
    const [home, receiver] = [makeHome(), await startReceiver()]
    const { url } = await startGateway(home)
    const stop = new AbortController()
    const events = await fetch(`${url}/phones/events`, { signal: stop.signal })
    const text = aText(receiver)
    await send(`${url}/texts`, text)
    let heard = ''
    for await (const chunk of events.body!.pipeThrough(new TextDecoderStream())) {
      heard += chunk
      if (/event: text\n.*\n\n/.test(heard)) break
    }
    stop.abort()
    expect(heard).toContain(`data: {"number":"${text.to}","id":"${text.id}"`)
  })

  it('drops repeats itself when it is idempotent', async () => {
    const [home, receiver] = [makeHome(), await startReceiver()]
    const { url } = await startGateway(home, { SANDBOX_IDEMPOTENT: '1' })
    const text = aText(receiver)
    const answers = [await send(`${url}/texts`, text), await send(`${url}/texts`, text)]
    const [one, two] = await Promise.all(answers.map((answer) => answer.json()))
    expect(one).toEqual(two)
    const { texts } = (await (await fetch(`${url}/phones/${text.to}/texts`)).json()) as { texts: object[] }
    expect(texts).toHaveLength(1)
    expect(linesOf(home)).toHaveLength(2)
    expect(existsSync(join(home, RECEIPTS))).toBe(true)
  })
})

describe('repeats', () => {
  it('knows the repeats of as many ids as promised, and forgets older ones', () => {
    const repeatsOf = repeatCounter(150_000)
    const ids = Array.from({ length: 200_000 }, () => crypto.randomUUID())
    expect(ids.filter((id) => repeatsOf(id) !== 0)).toHaveLength(0)
    expect(ids.slice(-150_000).filter((id) => repeatsOf(id) !== 1)).toHaveLength(0)
    for (let i = 0; i < 300_000; i++) repeatsOf(`later-${i}`)
    expect(repeatsOf(ids[0]!)).toBe(0)
  })
})

describe('phones', () => {
  it('remembers only the last active phones and their last texts', () => {
    const phones = makePhones(() => {})
    const text = (id: number) => ({ id: `${id}`, direction: 'to_phone' as const, text: 'hello', at: '' })
    for (let i = 0; i <= PHONES_KEPT_MAX; i++) phones.receive(`+${i}`, text(i), 'http://a')
    expect(phones.list()).toHaveLength(PHONES_KEPT_MAX)
    expect(phones.replyUrlOf('+0')).toBeUndefined()
    expect(phones.list()[0]?.number).toBe(`+${PHONES_KEPT_MAX}`)
    for (let i = 0; i <= TEXTS_KEPT_MAX; i++) phones.receive('+1', text(i), 'http://b')
    expect(phones.textsOf('+1')).toHaveLength(TEXTS_KEPT_MAX)
    expect(phones.textsOf('+1').at(-1)?.id).toBe(`${TEXTS_KEPT_MAX}`)
    expect(phones.replyUrlOf('+1')).toBe('http://b')
  })

  it('takes no phone from a quiet line for a busy one', () => {
    const phones = makePhones(() => {})
    const text = { id: '1', direction: 'to_phone' as const, text: 'hello', at: '' }
    phones.receive('+1', text, 'http://a/quiet')
    for (let i = 0; i <= PHONES_KEPT_MAX; i++) phones.receive(`+${i}`, text, 'http://a/busy')
    expect(phones.list('quiet')).toMatchObject([{ number: '+1' }])
    expect(phones.list('busy')).toHaveLength(PHONES_KEPT_MAX - 1)
  })
})
