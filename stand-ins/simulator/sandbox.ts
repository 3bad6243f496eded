import { ulid } from 'ulid';

import { defaultAccountId } from './checks';
import { instantOf } from './colombia';
import { listNames, type Bodies, type CreatableName, type Entries, type ListName } from './entries';
import { pathTo, type ChangingName, type Outcome } from './lifeCycle';
import { credited, firstAccounts, settlementOf } from './merchantAccounts';
import { creates, lifeCycles } from './resources';
import { Store } from './store';
import type { EventType } from './webhooks';

/** What a merchant may move at once, in pesos. */
export interface Limits {
	payin: number;
	payout: number;
}

/** The name of the parameter that says whose page it is. */
export const pageParameters = {
	payinLinks: 'payinLinkId',
	payinSources: 'payinSourceId',
	payoutTargets: 'payoutTargetId',
} as const;

/** The lists whose entries have a page for the customer. */
export type PagedName = keyof typeof pageParameters;

/** Palomma's memory, and what goes on in it. */
export class Sandbox {
	readonly lists = Object.fromEntries(
		listNames.map((name) => [name, new Store(name)]),
	) as unknown as { [Name in ListName]: Store<Entries[Name]> };

	/** How a payer may pay a link, by its ID: the API does not show it. */
	readonly availableTypes = new Map<string, string[]>();

	/** What becomes of a reference when it is stored. */
	rewriteReference: (reference: string, list: ListName) => string = (reference) => reference;

	/** What a payout target is that has not been verified: not documented. */
	firstStatusOfPayoutTargets: 'active' | 'pending' = 'active';

	/** Whether the time of a link's expiration is UTC, not Colombia's: not documented. */
	expirationsAreUtc = false;

	private readonly settled = new Set<string>();

	/** When the time of a link will be over. Milliseconds since 1970. */
	private nextExpiration = Infinity;

	/**
	 * @param pagesUrl where the pages for customers are
	 * @param onChange called with every entry whose state has changed
	 */
	constructor(
		readonly limits: Limits,
		private readonly pagesUrl: () => string,
		private readonly onChange: (eventType: EventType, entry: object) => void,
	) {
		this.clear();
	}

	/**
	 * Does what the create of the API does.
	 *
	 * @throws Refusal
	 */
	create<Name extends CreatableName>(list: Name, body: Bodies[Name]): Entries[Name] {
		return this.lists[list].add(creates[list](this, body));
	}

	/**
	 * Brings an entry to a state, through those that lead there.
	 *
	 * @throws if there is no such entry, or its state cannot become that one
	 */
	settle(id: string, outcome: Outcome): void {
		this.change(this.listOf(id), id, outcome);
	}

	/** Puts the payins of an account that are in no settlement yet into one. */
	closeSettlement(merchantAccountId = defaultAccountId): Entries['payinSettlements'] {
		const payins = [...this.lists.payinLinks.all, ...this.lists.payinRequests.all].filter(
			({ id, status, targetMerchantAccountId }) =>
				targetMerchantAccountId === merchantAccountId &&
				(status === 'approved' || status === 'partial') &&
				!this.settled.has(id),
		);
		for (const { id } of payins) this.settled.add(id);
		const settlement = settlementOf(this, merchantAccountId, payins);
		this.lists.payinSettlements.add(settlement);
		const { totalAmountCollected = 0, totalFees = 0 } = settlement;
		this.credit(merchantAccountId, {
			unsettled: -totalAmountCollected,
			available: totalAmountCollected - totalFees,
		});
		this.onChange('payin-settlement.update', settlement);
		return settlement;
	}

	/** Cancels the links whose time is over. */
	expire(): void {
		if (Date.now() < this.nextExpiration) return;
		this.nextExpiration = Infinity;
		for (const link of this.lists.payinLinks.all) {
			if (link.status !== 'pending') continue;
			if (instantOf(String(link.expiration), this.expirationsAreUtc) <= Date.now()) {
				this.settle(link.id, { status: 'cancelled', statusMessage: 'EXPIRED' });
			} else this.expireAt(link.expiration);
		}
	}

	/** Has links looked at when the clock shows this. */
	expireAt(wallClockTime = ''): void {
		this.nextExpiration = Math.min(
			this.nextExpiration,
			instantOf(wallClockTime, this.expirationsAreUtc),
		);
	}

	clear(): void {
		for (const name of listNames) this.lists[name].clear();
		for (const account of firstAccounts) this.lists.merchantAccounts.add(account);
		this.availableTypes.clear();
		this.settled.clear();
		this.nextExpiration = Infinity;
		this.rewriteReference = (reference) => reference;
		this.firstStatusOfPayoutTargets = 'active';
		this.expirationsAreUtc = false;
	}

	/** A new ID, and the reference as it is stored. */
	identity(list: ListName, reference?: string): { id: string; reference?: string } {
		return {
			id: ulid(),
			...(reference !== undefined && { reference: this.rewriteReference(reference, list) }),
		};
	}

	/** When something that is made now was made and changed. */
	dates(): { createdAt: string; updatedAt: string } {
		const now = new Date().toISOString();
		return { createdAt: now, updatedAt: now };
	}

	/** Where the customer goes to pay or to agree. */
	pageOf(list: PagedName, id: string): string {
		return `${this.pagesUrl()}/${list}?${pageParameters[list]}=${id}`;
	}

	private listOf(id: string): ChangingName {
		const names = Object.keys(lifeCycles) as ChangingName[];
		const name = names.find((list) => this.lists[list].get(id) !== undefined);
		if (name === undefined) throw new Error(`Nothing with the ID ${id} changes its state.`);
		return name;
	}

	private change<Name extends ChangingName>(list: Name, id: string, outcome: Outcome): void {
		const { eventType, next, changes, book } = lifeCycles[list];
		const before = this.lists[list].get(id) as Entries[Name];
		for (const status of pathTo(next, String(before.status), outcome.status)) {
			const entry = this.lists[list].get(id) as Entries[Name];
			const { statusMessage = 'ERROR' } = outcome;
			const changed = {
				...entry,
				...changes?.(entry, { ...outcome, status }),
				status,
				...(status === 'cancelled' && { statusMessage }),
				updatedAt: new Date().toISOString(),
			};
			this.lists[list].replace(changed);
			book?.(changed, this);
			this.onChange(eventType, changed);
		}
	}

	/** Puts money into a merchant account, or takes it out. */
	credit(id = defaultAccountId, change: Parameters<typeof credited>[1]): void {
		const account = this.lists.merchantAccounts.get(id);
		if (account !== undefined) this.lists.merchantAccounts.replace(credited(account, change));
	}
}
