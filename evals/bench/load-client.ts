import { percentiles, type Percentiles } from './percentiles.ts'

/** What a process of its own is told: to ask over HTTP as several operators at once, each typing on after its answer has come. */
export interface Load {
  url: string
  key: string
  typed: string[]
  operators: number
  seconds: number
}
export interface LoadFigures {
  perSecond: number
  times: Percentiles
  failed: number
}

const askOnAndOn = async ({ url, key, typed, operators, seconds }: Load): Promise<LoadFigures> => {
  const times: number[] = []
  let failed = 0
  let next = 0
  const began = performance.now()
  const ends = began + seconds * 1000
  const operator = async (): Promise<void> => {
    while (performance.now() < ends) {
      const q = typed[next % typed.length] ?? ''
      next += 1
      const started = performance.now()
      const response = await fetch(`${url}/api/v1/search?q=${encodeURIComponent(q)}`, {
        headers: { authorization: `Bearer ${key}` },
      })
      await response.arrayBuffer()
      if (!response.ok) failed += 1
      times.push(performance.now() - started)
    }
  }
  await Promise.all(Array.from({ length: operators }, operator))
  return { perSecond: (times.length * 1000) / (performance.now() - began), times: percentiles(times), failed }
}

process.on('message', (load: Load) => {
  void askOnAndOn(load).then((figures) => process.send?.(figures))
})
