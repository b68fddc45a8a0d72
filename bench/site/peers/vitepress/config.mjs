// VitePress as its guide sets it up: the default theme, local search, a sidebar of all pages.
import { readdirSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitepress';

const stories = readdirSync(new URL('../story', import.meta.url)).filter((name) => name.endsWith('.md')).sort();
const title = (name) => JSON.parse(/^title: (.*)$/m.exec(readFileSync(new URL(`../story/${name}`, import.meta.url), 'utf8'))[1]);
const items = stories.map((name) => ({ text: title(name), link: `/story/${name.slice(0, -3)}` }));

export default defineConfig({
  lang: 'ko',
  title: '스토리 홈',
  description: '기업문화 엿볼 때',
  head: [['link', { rel: 'icon', href: '/favicon.svg', type: 'image/svg+xml' }]],
  cleanUrls: true,
  themeConfig: { search: { provider: 'local' }, sidebar: [{ text: '이야기', items }] },
});
