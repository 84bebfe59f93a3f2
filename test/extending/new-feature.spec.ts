import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { namesOf } from '../../scripts/new-feature/rename.mjs';
import { useCopy } from './copy.js';

describe('npm run new:feature', () => {
  const { folder, newFeature } = useCopy();
  const read = (file: string) => readFileSync(join(folder, 'features', file), 'utf8');
  beforeAll(() => {
    expect(newFeature('gift-cards')).toEqual([0, expect.stringContaining('Created features/gift-cards.')]);
  });

  it('creates the files of the template without its names', () => {
    const files = readdirSync(join(folder, 'features'), { recursive: true, encoding: 'utf8' });
    expect(files).toContain(join('gift-cards', 'gift-card.entity.ts'));
    expect(files.join(' ')).not.toMatch(/order/i);
    for (const file of files.filter((name) => name.endsWith('.ts')))
      expect(read(file).replaceAll(' order: {', ''), file).not.toMatch(/order|1795478400000/i);
  });

  it('spells the name as its context needs: path, table, class and sentence', () => {
    expect(read('gift-cards/gift-cards.controller.ts')).toContain("@Controller('api/gift-cards')");
    expect(read('gift-cards/gift-card.entity.ts')).toContain("@Entity('gift_cards')");
    expect(read('gift-cards/gift-card.entity.ts')).toContain('export class GiftCard {');
    expect(read('gift-cards/gift-cards.controller.ts')).toContain("'List your own gift cards'");
  });

  it('adds the module to the list of features, in front of those before', () => {
    expect(newFeature('companies')[0]).toBe(0);
    expect(read('index.ts')).toContain(' = [CompaniesModule, GiftCardsModule];');
    expect(read('companies/company.entity.ts')).toContain('export class Company {');
  });

  it.each([
    ['courses', 'course'],
    ['purchases', 'purchase'],
    ['addresses', 'address'],
    ['statuses', 'status'],
    ['boxes', 'box'],
    ['companies', 'company'],
  ])('finds the singular of %s: %s', (plural, singular) => {
    expect(namesOf(plural).singular.kebab).toBe(singular);
  });

  it.each([
    ['a missing name', ''],
    ['a name in another spelling', 'GiftCards'],
    ['a path', '../gift-cards'],
    ['a feature that exists', 'gift-cards'],
    ['the name of a table of the service', 'user-documents'],
    ['the path of a route of the service', 'me'],
    ['the name of a class that the template imports', 'modules'],
    ['the name of a class of JavaScript', 'dates'],
  ])('refuses %s and creates nothing', (_, name) => {
    const before = readdirSync(join(folder, 'features'));
    expect(newFeature(name)[0]).toBe(2);
    expect(readdirSync(join(folder, 'features'))).toEqual(before);
    expect(existsSync(join(folder, 'gift-cards'))).toBe(false);
  });
});
