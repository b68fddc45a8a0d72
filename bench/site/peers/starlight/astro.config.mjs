// Starlight as its guide sets it up: Pagefind is its search, the sidebar names all pages.
import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';

export default defineConfig({
  integrations: [
    starlight({
      title: '스토리 홈',
      description: '기업문화 엿볼 때',
      locales: { root: { label: '한국어', lang: 'ko' } },
      sidebar: [{ label: '이야기', items: [{ autogenerate: { directory: 'story' } }] }],
    }),
  ],
});
