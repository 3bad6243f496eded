import { randomBytes } from 'node:crypto';

import type { Bodies } from '../../stand-ins/simulator/entries';

/** The people and references of one check: all invented, and other ones each time. */
export class Invention {
	/** What all references start with. */
	readonly tag = `n8n-check-${randomBytes(4).toString('hex')}`;

	readonly bankAccount = {
		bank: 'bancolombia',
		accountType: 'savings',
		accountNumber: '00000000001',
	} as const;

	private readonly documentNumber = String(
		1_000_000_000 + (randomBytes(4).readUInt32BE() % 90_000_000),
	);

	private count = 0;

	/** A reference that has not been used. */
	reference(): string {
		this.count += 1;
		return `${this.tag}-${this.count}`;
	}

	customer(changes: Partial<Record<keyof Bodies['customers'], unknown>> = {}) {
		return {
			name: 'Prueba Inventada',
			documentType: 'cc',
			documentNumber: this.documentNumber,
			email: 'prueba.inventada@example.com',
			phoneNumber: '3000000000',
			reference: this.reference(),
			...changes,
		};
	}

	link(customerId: string) {
		return {
			customerId,
			amount: 5_000,
			redirectUrl: 'https://example.com/back',
			type: 'general',
			availableTypes: ['pse'],
			reference: this.reference(),
		};
	}

	/** What a source or a target takes. */
	account(customerId: string, changes: object = {}) {
		return {
			customerId,
			redirectUrl: 'https://example.com/back',
			type: 'bankAccount',
			bankAccount: this.bankAccount,
			reference: this.reference(),
			...changes,
		};
	}
}
