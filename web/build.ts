import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const WEB = fileURLToPath(new URL('.', import.meta.url))
const LOCK = fileURLToPath(new URL('../package-lock.json', import.meta.url))
const DIST = join(WEB, 'dist')
const STAMP = join(DIST, 'sources.sha256')

async function filesUnder(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true })
  const nested = await Promise.all(
    entries
      .filter((entry) => entry.name !== 'dist' && entry.name !== 'node_modules')
      .map((entry) => (entry.isDirectory() ? filesUnder(join(directory, entry.name)) : [join(directory, entry.name)])),
  )
  return nested.flat().sort()
}

/** One hash over everything the build is made from: the workspace's sources and the versions of its packages. */
async function hashSources(): Promise<string> {
  const hash = createHash('sha256')
  for (const file of [...(await filesUnder(WEB)), LOCK]) {
    hash.update(`${relative(WEB, file)}\0`)
    hash.update(await readFile(file).catch(() => ''))
  }
  return hash.digest('hex')
}

/** Builds the workspace into `web/dist` when its sources differ from those of the last build. Returns whether it built. */
export async function buildIfStale({ log }: { log: (line: string) => void }): Promise<boolean> {
  const wanted = await hashSources()
  const built = await readFile(STAMP, 'utf8').catch(() => null)
  if (built === wanted) {
    log('Workspace: web/dist is up to date')
    return false
  }
  const started = performance.now()
  const { build } = await import('vite')
  // Vite takes its mode from here: what is built is for production, whoever asks for it.
  const environment = process.env.NODE_ENV
  process.env.NODE_ENV = 'production'
  try {
    await build({ configFile: join(WEB, 'vite.config.ts'), logLevel: 'error' })
  } finally {
    if (environment === undefined) delete process.env.NODE_ENV
    else process.env.NODE_ENV = environment
  }
  await writeFile(STAMP, wanted)
  log(`Workspace: built web/dist in ${((performance.now() - started) / 1000).toFixed(1)} s`)
  return true
}

const started = process.argv[1]
if (started !== undefined && import.meta.url === pathToFileURL(started).href)
  await buildIfStale({ log: (line) => console.log(line) })
