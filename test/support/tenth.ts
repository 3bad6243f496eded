import { createHash } from 'node:crypto';

import type { Simulator } from '../../stand-ins/simulator/simulator';
import { referenceLookedUp, rowSent } from './audit';
import { faultNames, kindOf, type FaultName } from '../../stand-ins/simulator/faultKinds';
import { injectDrawn } from './drawnFaults';

/** All that passes when a request is repeated. */
export const passing = faultNames.filter((name) => kindOf(name).passes);

/** The node's own default for Max Retries: what befalls a request more often in a row does not pass. */
const mostInARow = 3;

/** A number that looks drawn by lot, and is the same every time. */
const lot = (text: string) => createHash('sha256').update(text).digest().readUInt32BE();

/** Lets a tenth of all requests go wrong, and tells what has befallen how many. */
export function letATenthGoWrong(simulator: Simulator, kinds: FaultName[]): Map<FaultName, number> {
	const befallen = new Map<FaultName, number>();
	const seen = new Map<string, number>();
	const inARow = new Map<string, number>();
	injectDrawn(simulator, (request) => {
		const key = `${request.method} ${rowSent(request) ?? referenceLookedUp(request)}`;
		const nth = (seen.get(key) ?? 0) + 1;
		seen.set(key, nth);
		const number = lot(`${key} ${nth}`);
		const row = inARow.get(key) ?? 0;
		const isBefallen = number % 10 === 0 && row < mostInARow;
		inARow.set(key, isBefallen ? row + 1 : 0);
		const kind = kinds[Math.floor(number / 10) % kinds.length];
		if (!isBefallen || kind === undefined) return undefined;
		befallen.set(kind, (befallen.get(kind) ?? 0) + 1);
		return kind;
	});
	return befallen;
}
