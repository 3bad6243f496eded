import { runTogether } from '../support/together';

runTogether('credential');
