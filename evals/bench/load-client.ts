import { percentiles, type Percentiles } from './percentiles.ts'

/** What a process of its own is told: to ask over HTTP as several operators at once, each going on after its answer has come. */
export interface Load {
  url: string
  key: string
  /** A question is posted; without one the path is got. */
  requests: { path: string; question?: string }[]
  operators: number
  /** Null: each request once. */
  seconds: number | null
}
export interface LoadFigures {
  /** Answered rightly; the times are of these alone. */
  perSecond: number
  times: Percentiles
  failed: number
}

const askOnAndOn = async ({ url, key, requests, operators, seconds }: Load): Promise<LoadFigures> => {
  const times: number[] = []
  let failed = 0
  let next = 0
  const began = performance.now()
  const goesOn = (): boolean => (seconds === null ? next < requests.length : performance.now() < began + seconds * 1000)
  const ask = async ({ path, question }: Load['requests'][number]): Promise<boolean> => {
    const response = await fetch(`${url}${path}`, {
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(question === undefined ? {} : { method: 'POST', body: JSON.stringify({ question }) }),
    })
    await response.arrayBuffer()
    return response.ok
  }
  const operator = async (): Promise<void> => {
    while (goesOn()) {
      const request = requests[next % requests.length]
      next += 1
      if (request === undefined) return
      const started = performance.now()
      if (await ask(request).catch(() => false)) times.push(performance.now() - started)
      else failed += 1
    }
  }
  await Promise.all(Array.from({ length: operators }, operator))
  return { perSecond: (times.length * 1000) / (performance.now() - began), times: percentiles(times), failed }
}

process.on('message', (load: Load) => {
  void askOnAndOn(load).then((figures) => process.send?.(figures))
})
