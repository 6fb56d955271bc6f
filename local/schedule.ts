import { z } from 'zod'
import type { Find } from './functions.ts'
import { stop } from './stop.ts'
import { deadLetter } from './stream.ts'
import { type LocalTemplate, understand } from './template.ts'

const target = z.object({ Arn: z.string(), DeadLetterConfig: z.object({ Arn: z.string() }) })
const scheduleShape = z.object({ ScheduleExpression: z.string(), State: z.literal('ENABLED'), Target: target })

/** How often a schedule comes round, in milliseconds; only plain rates are known here. */
export const every = (expression: string) => {
  const [, count, unit = ''] = /^rate\(([1-9]\d*) (minute|hour|day)s?\)$/.exec(expression) ?? []
  const length = { minute: 60_000, hour: 3_600_000, day: 86_400_000 }[unit]
  return length ? Number(count) * length : stop(`The schedule ${expression} is not one that the local runner knows.`)
}

/** Runs the schedules of the template, each for the first time at once. What failed is not tried again before its time. */
export const startSchedules = (template: LocalTemplate, { folder, find }: { folder: string; find: Find }) => {
  const ends = template.all('AWS::Scheduler::Schedule').map((resource) => {
    const { ScheduleExpression, Target } = understand(resource, scheduleShape)
    const invoke = find(Target.Arn)
    const tick = async () => {
      const outcome = await invoke({})
      if (outcome.kind !== 'returned')
        deadLetter(folder, { queue: Target.DeadLetterConfig.Arn, because: outcome.because })
    }
    let last = tick()
    const timer = setInterval(() => {
      last = tick()
    }, every(ScheduleExpression))
    return () => {
      clearInterval(timer)
      return last
    }
  })
  // A tick on its way is waited for: cut off, it would leave a letter about nothing.
  return { stop: () => Promise.all(ends.map((end) => end())) }
}
