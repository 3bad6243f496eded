import {
	cleanDocumentNumber,
	cleanPhoneNumber,
} from '../../nodes/Palomma/resources/customer/cleanUp';
import type { DocumentType } from '../../nodes/Palomma/resources/customer/fields';
import { read, tableBelow } from '../support/documents';

describe('docs/crm-sync.md', () => {
	const rows = tableBelow(read('docs/crm-sync.md'), 'Clean Up Values');
	const values = (cell = '') => [...cell.matchAll(/`([^`]+)`/g)].map(([, value]) => value ?? '');

	it('Clean Up Values: document numbers are sent as the table says', () => {
		const examples = rows.filter((cells) => cells.length === 4);
		expect(examples.length).toBeGreaterThan(5);
		for (const [given, type, sent] of examples) {
			const [value = ''] = values(given);
			const clean = () => cleanDocumentNumber(value, values(type)[0] as DocumentType);
			if (sent === 'nothing: an error') expect(clean).toThrow('check digit');
			else expect([value, clean()]).toEqual([value, values(sent)[0]]);
		}
	});

	it('Clean Up Values: phone numbers are sent as the table says', () => {
		const examples = rows.filter((cells) => cells.length === 3 && values(cells[0]).length > 0);
		expect(examples.length).toBeGreaterThan(3);
		for (const [given, sent] of examples) {
			for (const value of values(given)) {
				const expected = sent === 'as it is' ? value : values(sent)[0];
				expect([value, cleanPhoneNumber(value)]).toEqual([value, expected]);
			}
		}
	});
});
