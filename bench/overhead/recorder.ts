import { randomUUID } from 'node:crypto'
import {
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb'
import type { TableName } from '@concord/application/grants'

const commands = { GetItemCommand, PutItemCommand, QueryCommand, TransactWriteItemsCommand } as const
type Sent = { readonly client: DynamoDBClient; readonly command: keyof typeof commands; readonly input: unknown }
/** The commands of one call, those under way at the same time in one round. */
export type Rounds = readonly (readonly Sent[])[]

/** Looks over the shoulder of clients: which commands a call sends, through which client, and which of them side by side. */
export const recorder = () => {
  let rounds: Sent[][] | undefined
  let inFlight = 0
  return {
    watch: (client: DynamoDBClient) => {
      client.middlewareStack.add(
        (next, { commandName = '' }) =>
          async (call) => {
            if (!rounds) return next(call)
            if (!isKnown(commandName)) throw new Error(`The bench does not know ${commandName}`)
            // What is sent while another command is under way belongs to the same round.
            if (inFlight === 0) rounds.push([])
            rounds.at(-1)?.push({ client, command: commandName, input: call.input })
            inFlight += 1
            try {
              return await next(call)
            } finally {
              inFlight -= 1
            }
          },
        { step: 'initialize' },
      )
      return client
    },
    record: async (work: () => Promise<unknown>): Promise<Rounds> => {
      const own: Sent[][] = []
      rounds = own
      await work()
      rounds = undefined
      return own
    },
  }
}

const isKnown = (name: string): name is keyof typeof commands => name in commands

/**
 * The same commands once more, made ready to be sent: what is read stays where it is, and what is put has a key of its own each
 * time, as it had when the handler put it. Of a call that writes, every id becomes a new one, in what it reads too.
 */
export const again = (rounds: Rounds, isWrite: boolean): (() => Promise<void>) => {
  const names = new Map<string, string>()
  const ready = rounds.map((round) =>
    round.map(({ client, command, input }) => ({
      client,
      // One constructor for all: which input belongs to which command was settled when it was recorded.
      command: new (commands[command] as new (input: unknown) => GetItemCommand)(
        isWrite || command === 'PutItemCommand' ? renewed(input, names) : input,
      ),
    })),
  )
  return async () => {
    for (const round of ready) await Promise.all(round.map(({ client, command }) => client.send(command)))
  }
}

const renewed = (value: unknown, names: Map<string, string>): unknown => {
  if (typeof value === 'string')
    return value.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (uuid) => {
      const fresh = names.get(uuid) ?? randomUUID()
      names.set(uuid, fresh)
      return fresh
    })
  if (value instanceof Uint8Array || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((one) => renewed(one, names))
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, renewed(one, names)]))
}

/** How much of what was sent a table has: commands, and of a transaction its items. */
export const sentTo = (rounds: Rounds, tables: readonly TableName[]) => {
  const all = rounds.flat().map(({ input }) => tablesIn(input))
  const alone = all.filter((names) => names.length === 1 && tables.some((table) => table === names[0]))
  const inTransactions = all.filter((names) => names.length > 1).flat()
  return { commands: alone.length, items: inTransactions.filter((name) => tables.some((one) => one === name)).length }
}

const tablesIn = (input: unknown): readonly string[] => {
  if (typeof input !== 'object' || input === null) return []
  if ('TableName' in input) return [String(input.TableName)]
  return Object.values(input).flatMap(tablesIn)
}
