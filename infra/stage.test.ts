import { describe, expect, test } from 'vitest'
import { exampleStage, readStage } from './stage.ts'

const settings = exampleStage('trial')

describe('the settings of a stage', () => {
  test('are taken when they are complete', () => {
    expect(readStage(settings)).toEqual({ kind: 'checked', stage: settings })
  })

  // evidence: ASVS 12.2.1
  test('may be insecure on the machine of a developer alone', () => {
    const here = {
      issuer: 'http://127.0.0.1:4601',
      consoleUrl: 'http://127.0.0.1:4600',
      notifyUrl: 'http://127.0.0.1:4603',
    }
    expect(readStage({ ...settings, ...here, name: 'local' }).kind).toBe('checked')
    expect(readStage({ ...settings, ...here })).toEqual({
      kind: 'refused',
      because: expect.stringContaining('issuer, consoleUrl and notifyUrl must begin with https://'),
    })
  })

  test.each([
    { wrong: 'a name with capitals', settings: { ...settings, name: 'Trial' }, names: 'name: a short lower-case word' },
    {
      wrong: 'an account that is not one',
      settings: { ...settings, account: '12' },
      names: 'account: the twelve digits',
    },
    {
      wrong: 'another country',
      settings: { ...settings, region: 'us-east-1' },
      names: 'records of patients stay in eu-west-2',
    },
    { wrong: 'no issuer', settings: { ...settings, issuer: undefined }, names: 'issuer: ' },
    { wrong: 'an issuer that is not an address', settings: { ...settings, issuer: 'cis2' }, names: 'issuer: ' },
    {
      wrong: 'a certificate that is not one',
      settings: { ...settings, certificateArn: 'mine' },
      names: 'certificateArn: the ARN',
    },
    { wrong: 'retain left open', settings: { ...settings, retain: 'yes' }, names: 'retain: ' },
    { wrong: 'a word nobody knows', settings: { ...settings, retian: true }, names: 'retian' },
    { wrong: 'nothing at all', settings: undefined, names: 'the stage: ' },
  ])('are refused for $wrong, which the sentence names', ({ settings, names }) => {
    const reading = readStage(settings)
    expect(reading).toMatchObject({ kind: 'refused', because: expect.stringContaining(names) })
    expect(reading).toMatchObject({ because: expect.stringMatching(/^The stage's settings are not complete: .*\.$/) })
  })
})
