import { describe, expect, it } from 'vitest'
import { newId } from '../../db/ids.ts'
import { addContainer, deleteContainer, listContainers, renameContainer } from '../../db/status-containers.ts'
import { type Desk, freshStore, makeDesk, refusalOf } from '../factories.ts'
import { add, change, remove, view } from './status-verbs.ts'

const { store } = await freshStore()
const make = (desk: Desk, name: string) => desk.run((tx) => addContainer(tx, name, desk.nowMs))

describe('containers', () => {
  it('S0-31, S0-32 are made first and then chosen for a status, which stands in one at most', async () => {
    const desk = await makeDesk(store)
    const id = await make(desk, 'Accepted orders')
    await make(desk, 'Others')
    await change(desk, 'accepted', { container: 'accepted ORDERS ' })
    expect(await view(desk, 'accepted')).toMatchObject({ container: 'Accepted orders' })
    await change(desk, 'accepted', { container: 'Others' })
    await add(desk, { container: 'Others' })
    expect(await desk.run(listContainers)).toEqual([
      { id, name: 'Accepted orders', statuses: 0 },
      { id: expect.any(String), name: 'Others', statuses: 2 },
    ])
    await change(desk, 'accepted', { container: null })
    expect(await view(desk, 'accepted')).toMatchObject({ container: null })
  })

  it('S0-32 refuses a container that does not exist, and makes none by itself', async () => {
    const desk = await makeDesk(store)
    expect(await refusalOf(change(desk, 'accepted', { container: 'Nowhere' }))).toBe('unknown_container')
    expect(await refusalOf(add(desk, { container: 'Nowhere' }))).toBe('unknown_container')
    expect(await view(desk, 'packed')).toBeUndefined()
    expect(await desk.run(listContainers)).toEqual([])
  })

  it('have names of their own, whatever their case', async () => {
    const desk = await makeDesk(store)
    const id = await make(desk, 'One')
    const other = await make(desk, 'Two')
    expect(await refusalOf(make(desk, ' one'))).toBe('container_exists')
    expect(await refusalOf(desk.run((tx) => renameContainer(tx, other, 'ONE')))).toBe('container_exists')
    await desk.run((tx) => renameContainer(tx, id, 'ONE'))
    expect(await refusalOf(desk.run((tx) => renameContainer(tx, newId(), 'Three')))).toBe('unknown_container')
  })

  it('leave their statuses where they are when they go', async () => {
    const desk = await makeDesk(store)
    const id = await make(desk, 'One')
    await change(desk, 'accepted', { container: 'One' })
    await desk.run((tx) => deleteContainer(tx, id))
    expect(await view(desk, 'accepted')).toMatchObject({ container: null })
    expect(await refusalOf(desk.run((tx) => deleteContainer(tx, id)))).toBe('unknown_container')
  })

  it('count no status that was deleted', async () => {
    const desk = await makeDesk(store)
    await make(desk, 'One')
    await change(desk, 'spam', { container: 'One' })
    await remove(desk, 'spam')
    expect(await desk.run(listContainers)).toMatchObject([{ statuses: 0 }])
  })
})
