import { type AST, RegExpParser } from '@eslint-community/regexpp'

/** One thing an engine that backtracks does: reads a character, goes on elsewhere, or keeps a place to come back to. */
type Instruction =
  | { readonly kind: 'read'; readonly reads: (character: string) => boolean }
  /** Goes on at the first, and comes back to the second. */
  | { readonly kind: 'either'; first: number; second: number }
  | { readonly kind: 'go'; to: number }
  | { readonly kind: 'holds'; readonly holds: (text: readonly string[], at: number) => boolean }
  | { readonly kind: 'look'; readonly program: Program; readonly isBehind: boolean; readonly isNot: boolean }
  | { readonly kind: 'keep'; readonly group: number; readonly end: 0 | 1 }
  | { readonly kind: 'again'; readonly group: number }
  /** Ends a round of a loop that read nothing, so that it does not go on for ever. */
  | { readonly kind: 'moved'; readonly loop: number }
  | { readonly kind: 'match' }
type Program = { readonly steps: readonly Instruction[]; readonly groups: number; readonly loops: number }
type Kept = readonly (readonly [from: number, to: number])[]

export type Pattern = { readonly source: string; readonly flags: string }

/** Thrown when a search takes more steps than it may. */
export class TooManySteps extends Error {
  override readonly name = 'TooManySteps'
}

/**
 * How many steps a plain backtracking engine takes to look for every match in a text. An engine that is cleverer takes fewer, so
 * what is linear here is linear there. It stops at the most that are allowed.
 */
export const stepsOf = (pattern: Pattern): ((text: string, most: number) => number) => {
  const isUnicode = /[uv]/.test(pattern.flags)
  const program = compiled(pattern)
  return (text, most) => {
    const characters = isUnicode ? [...text] : text.split('')
    const counter = { steps: 0, most }
    for (let from = 0; from <= characters.length; ) {
      const end = run(program, characters, from, counter)
      from = end === undefined || end === from ? from + 1 : end
    }
    return counter.steps
  }
}

type Counter = { steps: number; readonly most: number }

/** Where a match that begins here ends, if one does. */
const run = (program: Program, text: readonly string[], from: number, counter: Counter): number | undefined => {
  const nothing = Array<readonly [number, number]>(program.groups).fill([from, from])
  const waiting: [pc: number, at: number, kept: Kept, rounds: readonly number[]][] = [
    [0, from, nothing, Array<number>(program.loops).fill(-1)],
  ]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    let [pc, at, kept, rounds] = next
    for (let isAlive = true; isAlive; ) {
      counter.steps += 1
      if (counter.steps > counter.most) throw new TooManySteps(`More than ${counter.most} steps`)
      const step = program.steps[pc]
      if (!step) throw new Error('A program ends with its match')
      pc += 1
      switch (step.kind) {
        case 'match':
          return at
        case 'read': {
          const character = text[at]
          isAlive = character !== undefined && step.reads(character)
          at += 1
          break
        }
        case 'go':
          pc = step.to
          break
        case 'either':
          waiting.push([step.second, at, kept, rounds])
          pc = step.first
          break
        case 'holds':
          isAlive = step.holds(text, at)
          break
        case 'keep': {
          const [begun = at] = kept[step.group] ?? []
          kept = kept.with(step.group, step.end === 0 ? [at, at] : [begun, at])
          break
        }
        case 'again': {
          const [begin = 0, end = 0] = kept[step.group] ?? []
          for (let n = begin; n < end && isAlive; n += 1) {
            counter.steps += 1
            isAlive = text[n] === text[at]
            at += 1
          }
          break
        }
        case 'moved':
          isAlive = rounds[step.loop] !== at
          rounds = rounds.with(step.loop, at)
          break
        case 'look': {
          // A look behind is at one character alone: `compiled` takes no other.
          const found =
            step.isBehind && at === 0 ? undefined : run(step.program, text, at - (step.isBehind ? 1 : 0), counter)
          isAlive = (found !== undefined) !== step.isNot
          break
        }
      }
    }
  }
  return undefined
}

const compiled = ({ source, flags }: Pattern): Program => {
  const tree = new RegExpParser({ ecmaVersion: 2025 }).parsePattern(source, 0, source.length, {
    unicode: flags.includes('u'),
    unicodeSets: flags.includes('v'),
  })
  let [groups, loops] = [0, 0]
  const groupOf = new Map<AST.CapturingGroup, number>()

  const reader = (raw: string) => {
    const one = new RegExp(`^(?:${raw})$`, flags.replace(/[gyd]/g, ''))
    const known = new Map<string, boolean>()
    return (character: string) => {
      const before = known.get(character)
      if (before !== undefined) return before
      const is = one.test(character)
      known.set(character, is)
      return is
    }
  }

  const alternatives = (all: readonly AST.Alternative[], out: Instruction[]) => {
    const ends: { kind: 'go'; to: number }[] = []
    for (const [index, one] of all.entries()) {
      const fork = { kind: 'either' as const, first: out.length + 1, second: 0 }
      const isLast = index === all.length - 1
      if (!isLast) out.push(fork)
      for (const element of one.elements) emit(element, out)
      if (isLast) break
      const end = { kind: 'go' as const, to: 0 }
      ends.push(end)
      out.push(end)
      fork.second = out.length
    }
    for (const end of ends) end.to = out.length
  }

  const apart = (all: readonly AST.Alternative[]): Program => {
    const out: Instruction[] = []
    alternatives(all, out)
    return { steps: [...out, { kind: 'match' }], groups, loops }
  }

  const repeat = ({ min, max, greedy, element }: AST.Quantifier, out: Instruction[]) => {
    for (let n = 0; n < min; n += 1) emit(element, out)
    const fork = () => {
      const one = { kind: 'either' as const, first: 0, second: 0 }
      out.push(one)
      return {
        inside: out.length,
        leaveTo: (to: number, inside: number) =>
          Object.assign(one, greedy ? { first: inside, second: to } : { first: to, second: inside }),
      }
    }
    if (max === Number.POSITIVE_INFINITY) {
      const loop = loops
      loops += 1
      const begin = out.length
      const { inside, leaveTo } = fork()
      out.push({ kind: 'moved', loop })
      emit(element, out)
      out.push({ kind: 'go', to: begin })
      leaveTo(out.length, inside)
      return
    }
    const forks = Array.from({ length: max - min }, () => {
      const one = fork()
      emit(element, out)
      return one
    })
    for (const { inside, leaveTo } of forks) leaveTo(out.length, inside)
  }

  const emit = (node: AST.Element, out: Instruction[]): void => {
    switch (node.type) {
      case 'Character':
      case 'CharacterSet':
      case 'CharacterClass':
      case 'ExpressionCharacterClass':
        out.push({ kind: 'read', reads: reader(node.raw) })
        return
      case 'Group':
        alternatives(node.alternatives, out)
        return
      case 'CapturingGroup': {
        const group = groupOf.get(node) ?? groups
        if (!groupOf.has(node)) groups += 1
        groupOf.set(node, group)
        out.push({ kind: 'keep', group, end: 0 })
        alternatives(node.alternatives, out)
        out.push({ kind: 'keep', group, end: 1 })
        return
      }
      case 'Backreference': {
        const of = Array.isArray(node.resolved) ? node.resolved[0] : node.resolved
        out.push({ kind: 'again', group: groupOf.get(of as AST.CapturingGroup) ?? 0 })
        return
      }
      case 'Quantifier':
        repeat(node, out)
        return
      case 'Assertion':
        out.push(assertion(node))
    }
  }

  const isWord = (character: string | undefined) => character !== undefined && /^\w$/.test(character)
  const assertion = (node: AST.Assertion): Instruction => {
    switch (node.kind) {
      case 'start':
        return { kind: 'holds', holds: (text, at) => at === 0 || (flags.includes('m') && text[at - 1] === '\n') }
      case 'end':
        return { kind: 'holds', holds: (text, at) => at === text.length || (flags.includes('m') && text[at] === '\n') }
      case 'word':
        return {
          kind: 'holds',
          holds: (text, at) => (isWord(text[at - 1]) !== isWord(text[at])) !== node.negate,
        }
      case 'lookahead':
      case 'lookbehind':
        if (
          node.kind === 'lookbehind' &&
          node.alternatives.some(({ elements }) => elements.length !== 1 || elements[0]?.type === 'Quantifier')
        )
          throw new Error('A look behind is counted only where it is at one character')
        return {
          kind: 'look',
          program: apart(node.alternatives),
          isBehind: node.kind === 'lookbehind',
          isNot: node.negate,
        }
    }
  }
  return apart(tree.alternatives)
}
