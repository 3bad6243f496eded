import { ulid } from 'ulid';

import type { components } from '../openapi/palomma';

export type NewCustomer = components['schemas']['NewCustomer'];
export type Customer = components['schemas']['Customer'] & { id: string };
export type CustomerPage = components['schemas']['CustomerPage'];

/** The cursor of a list does not come from this store. */
export class UnknownCursor extends Error {}

/** Palomma's memory: customers in the order in which they were created. Nothing outlives the process. */
export class CustomerStore {
	/** Every customer, oldest first. */
	private readonly customers: Customer[] = [];

	private readonly byId = new Map<string, Customer>();

	/** Customers that lists do not show yet: since when they will. Milliseconds since 1970. */
	private readonly hidden = new Map<Customer, number>();

	/** For how many milliseconds lists do not show a new customer. */
	lag = 0;

	/** Customers with a reference, oldest first. */
	private readonly byReference = new Map<string, Customer[]>();

	/** Every customer, oldest first. */
	get all(): Customer[] {
		return [...this.customers];
	}

	create(body: NewCustomer): Customer {
		const now = new Date().toISOString();
		const { name, documentType, documentNumber, email, phoneNumber, reference } = body;
		const customer: Customer = {
			id: ulid(),
			...(reference !== undefined && { reference }),
			name,
			documentType,
			documentNumber,
			email,
			phoneNumber,
			createdAt: now,
			updatedAt: now,
		};
		this.customers.push(customer);
		if (this.lag > 0) this.hidden.set(customer, Date.now() + this.lag);
		this.byId.set(customer.id, customer);
		if (reference !== undefined) {
			const namesakes = this.byReference.get(reference) ?? [];
			this.byReference.set(reference, [...namesakes, customer]);
		}
		return customer;
	}

	get(id: string): Customer | undefined {
		return this.byId.get(id);
	}

	/**
	 * One page of the list.
	 *
	 * @throws UnknownCursor
	 */
	list(filter: { reference?: string; limit: number; cursor?: string }): CustomerPage {
		const { reference, limit, cursor } = filter;
		const matching = this.shown(
			reference === undefined ? this.customers : (this.byReference.get(reference) ?? []),
		);
		const start = cursor === undefined ? 0 : offsetOf(cursor);
		const items = matching.slice(start, start + limit);
		const next = start + items.length;
		return {
			items,
			cursor: next < matching.length ? cursorFor(next) : null,
			count: items.length,
		};
	}

	clear(): void {
		this.customers.length = 0;
		this.byId.clear();
		this.byReference.clear();
		this.showAll();
		this.lag = 0;
	}

	/** Ends the lag of the customers that are there. */
	showAll(): void {
		this.hidden.clear();
	}

	private shown(customers: Customer[]): Customer[] {
		if (this.hidden.size === 0) return customers;
		const now = Date.now();
		for (const [customer, until] of this.hidden) if (until <= now) this.hidden.delete(customer);
		return customers.filter((customer) => !this.hidden.has(customer));
	}
}

/** Palomma's cursors are long hexadecimal strings; what is in them is its own business, and ours. */
function cursorFor(offset: number): string {
	return Buffer.from(`customers:${offset}`).toString('hex');
}

function offsetOf(cursor: string): number {
	const match = /^customers:(\d+)$/.exec(Buffer.from(cursor, 'hex').toString());
	if (match === null) throw new UnknownCursor();
	return Number(match[1]);
}
