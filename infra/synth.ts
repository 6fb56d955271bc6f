import { readFileSync } from 'node:fs'
import { concordApp } from './app.ts'
import { exampleStage, readStage, type StageReading } from './stage.ts'

// `npm run synth [settings.json]`, or `npx cdk deploy` with CONCORD_STAGE naming that file. Without one, an example.
const file = process.argv[2] ?? process.env['CONCORD_STAGE']

const readFile = (path: string): StageReading => {
  try {
    return readStage(JSON.parse(readFileSync(path, 'utf8')))
  } catch (error) {
    return { kind: 'refused', because: `The stage's settings cannot be read: ${String(error)}.` }
  }
}

const reading: StageReading = file ? readFile(file) : { kind: 'checked', stage: exampleStage('example') }
if (reading.kind === 'refused') {
  process.stderr.write(`${file}: ${reading.because}\n`)
  process.exit(1)
}
const { app } = concordApp(reading.stage, { outdir: process.env['CDK_OUTDIR'] ?? 'cdk.out' })
const { directory, stacks } = app.synth()
process.stdout.write(`Synthesised ${stacks.map(({ stackName }) => stackName).join(' and ')} into ${directory}\n`)
