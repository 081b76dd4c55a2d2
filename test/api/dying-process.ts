import { createRepositories } from '../../shared/storage/repositories.ts'
import { tableThrough } from '../fakes/faulty-client.ts'
import type { ApiBench } from './api-bench.ts'

/** The process ended here. */
class Killed extends Error {}

/**
 * The dependencies of a process that crashes after so many writes to any store: nothing after them takes effect. `died`
 * is true once it tried another one.
 */
export function dyingProcess(bench: ApiBench, writesAtMost: number) {
  const { keys, queue } = bench
  let writes = 0
  const write = async <Result>(act: () => Promise<Result>): Promise<Result> => {
    writes += 1
    if (writes > writesAtMost) throw new Killed()
    return act()
  }
  const table = tableThrough(bench.table, ({ isWrite }, forward) => (isWrite ? write(forward) : forward()))
  const dependencies: ApiBench['dependencies'] = {
    ...bench.dependencies,
    ...createRepositories(table),
    keys: {
      findKey: (id) => keys.findKey(id),
      putKey: (...args) => write(() => keys.putKey(...args)),
      destroyKey: (...args) => write(() => keys.destroyKey(...args)),
    },
    queue: {
      send: (message) => write(() => queue.send(message)),
      sendAll: (messages) => write(() => queue.sendAll(messages)),
    },
  }
  return { dependencies, died: () => writes > writesAtMost }
}
