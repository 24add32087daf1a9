// The generated client has everything that the IDLs describe, and asks for few addresses.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as personalToken from '../src/generated/personal_token/index.js';
import * as pooledIndex from '../src/generated/pooled_index/index.js';

type Named = { name: string };
type Slot = Named & {
  accounts?: Slot[];
  address?: string;
  pda?: unknown;
  signer?: boolean;
  optional?: boolean;
};
type Idl = {
  accounts: Named[];
  events: Named[];
  errors: Named[];
  instructions: (Named & { accounts: Slot[] })[];
};

const clients: [string, Record<string, unknown>][] = [
  ['personal_token', personalToken],
  ['pooled_index', pooledIndex],
];
const idl = (name: string): Idl =>
  JSON.parse(readFileSync(new URL(`../../../idl/${name}.json`, import.meta.url), 'utf8'));
const pascal = (name: string) =>
  name.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
const flat = (slots: Slot[]): Slot[] => slots.flatMap((slot) => (slot.accounts ? flat(slot.accounts) : [slot]));

for (const [name, client] of clients) {
  test(`${name}: every account, instruction and event is exported`, () => {
    const { accounts, events, instructions } = idl(name);
    const missing = [
      ...accounts.map((it) => `get${pascal(it.name)}Decoder`),
      ...events.map((it) => `get${pascal(it.name)}EventDecoder`),
      ...instructions.map((it) => `get${pascal(it.name)}Instruction`),
    ].filter((item) => typeof client[item] !== 'function');
    assert.deepEqual(missing, []);
  });

  test(`${name}: who contributes or redeems gives only addresses that nothing else determines`, () => {
    for (const { name: instruction, accounts } of idl(name).instructions) {
      if (instruction !== 'contribute' && instruction !== 'redeem') continue;
      const byHand = flat(accounts).filter((it) => !it.signer && !it.optional && !it.address && !it.pda);
      console.log(`${name} ${instruction}: by hand ${byHand.map((it) => it.name).join(', ')}`);
      assert(byHand.length <= 8, instruction);
    }
  });
}
