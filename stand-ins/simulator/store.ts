import type { Bodies, Entries } from './entries';
import { Refusal } from './refusal';

export type NewCustomer = Bodies['customers'];
export type Customer = Entries['customers'];

/** How a list behaves: what Palomma's documents leave open, or what may go wrong with it. */
export interface ListBehaviour {
	/** For how many milliseconds it does not show a new entry. */
	lag: number;
	order: 'oldestFirst' | 'newestFirst';
	/** Whether it takes no notice of `reference` and `customerId`. */
	ignoreFilters: boolean;
	/** Whether `reference` finds everything that starts with it, in capitals or not. */
	looseFilters: boolean;
}

export interface Page<Entry> {
	items: Entry[];
	cursor: string | null;
	count: number;
}

/** What a page holds at most, and of which entries. */
export interface ListQuery {
	limit: number;
	cursor?: string;
	/** The values that properties of the entries have. */
	filters: Partial<Record<IndexedProperty, string>>;
}

/** Properties that lists look entries up by. */
const indexed = ['reference', 'customerId', 'merchantAccountId'] as const;
type IndexedProperty = (typeof indexed)[number];

/** A place in the list, whose entry is another object after each change. */
interface Place<Entry> {
	entry: Entry;
	/** Since when lists show it. Milliseconds since 1970. */
	shownFrom: number;
}

const usualBehaviour: ListBehaviour = {
	lag: 0,
	order: 'oldestFirst',
	ignoreFilters: false,
	looseFilters: false,
};

/** A list of Palomma's: entries in the order in which they were created. Nothing outlives the process. */
export class Store<Entry extends { id: string }> implements ListBehaviour {
	order = usualBehaviour.order;

	ignoreFilters = usualBehaviour.ignoreFilters;

	looseFilters = usualBehaviour.looseFilters;

	private milliseconds = usualBehaviour.lag;

	private places: Array<Place<Entry>> = [];

	private readonly byId = new Map<string, Place<Entry>>();

	/** Places by property and value, oldest first. */
	private readonly byValue = new Map<string, Array<Place<Entry>>>();

	/** @param name what its cursors belong to */
	constructor(private readonly name: string) {}

	/** Every entry, oldest first. */
	get all(): Entry[] {
		return this.places.map(({ entry }) => entry);
	}

	get lag(): number {
		return this.milliseconds;
	}

	/** 0 ends the lag of the entries that are there, too. */
	set lag(milliseconds: number) {
		this.milliseconds = milliseconds;
		if (milliseconds === 0) for (const place of this.places) place.shownFrom = 0;
	}

	add(entry: Entry): Entry {
		const place = { entry, shownFrom: this.lag > 0 ? Date.now() + this.lag : 0 };
		this.places.push(place);
		this.byId.set(entry.id, place);
		for (const key of keysOf(entry)) {
			const namesakes = this.byValue.get(key);
			if (namesakes === undefined) this.byValue.set(key, [place]);
			else namesakes.push(place);
		}
		return entry;
	}

	get(id: string): Entry | undefined {
		return this.byId.get(id)?.entry;
	}

	/** Puts a changed entry in the place of the one with its ID. */
	replace(entry: Entry): void {
		const place = this.byId.get(entry.id);
		if (place !== undefined) place.entry = entry;
	}

	/**
	 * One page of the list.
	 *
	 * @throws Refusal if the cursor is not one of this list's
	 */
	list({ limit, cursor, filters }: ListQuery): Page<Entry> {
		const places = this.matching(filters);
		const backwards = this.order === 'newestFirst';
		const step = backwards ? -1 : 1;
		const now = Date.now();
		const items: Entry[] = [];
		let position = cursor === undefined ? (backwards ? places.length - 1 : 0) : this.read(cursor);
		for (; ; position += step) {
			const place = places[position];
			if (place === undefined) return { items, cursor: null, count: items.length };
			if (place.shownFrom > now) continue;
			if (items.length === limit) {
				return { items, cursor: this.cursorFor(position), count: items.length };
			}
			items.push(place.entry);
		}
	}

	clear(): void {
		this.places = [];
		this.byId.clear();
		this.byValue.clear();
		Object.assign(this, usualBehaviour);
	}

	private matching(filters: ListQuery['filters']): Array<Place<Entry>> {
		const wanted = Object.entries(filters).filter(
			([name]) => !this.ignoreFilters || name === 'merchantAccountId',
		);
		if (wanted.length === 0) return this.places;
		const fits = ({ entry }: Place<Entry>) =>
			wanted.every(([name, value]) => this.fits(name, valueOf(entry, name), value));
		if (this.looseFilters) return this.places.filter(fits);
		const [[name, value] = ['', '']] = wanted;
		return (this.byValue.get(key(name, value)) ?? []).filter(fits);
	}

	private fits(name: string, value: unknown, wanted: string): boolean {
		return this.looseFilters && name === 'reference'
			? String(value).toLowerCase().startsWith(wanted.toLowerCase())
			: value === wanted;
	}

	/** Palomma's cursors are long hexadecimal strings; what is in them is its own business, and ours. */
	private cursorFor(position: number): string {
		return Buffer.from(`${this.name}:${position}`).toString('hex');
	}

	private read(cursor: string): number {
		const [name, position, ...rest] = Buffer.from(cursor, 'hex').toString().split(':');
		if (name !== this.name || !/^\d+$/.test(position ?? '') || rest.length > 0) {
			throw new Refusal('cursor is not valid.');
		}
		return Number(position);
	}
}

const key = (name: string, value: string) => `${name}=${value}`;

const valueOf = (entry: object, name: string): unknown => (entry as Record<string, unknown>)[name];

const keysOf = (entry: object): string[] =>
	indexed.flatMap((name) => {
		const value = valueOf(entry, name);
		return typeof value === 'string' ? [key(name, value)] : [];
	});
