#!/usr/bin/env python3
"""Time and peak memory of a program that recovers the structure of many posts.

usage: python3 speed.py make POSTS.jsonl.gz COUNT CHARACTERS INPUT.jsonl
       python3 speed.py run INPUT.jsonl OUTPUT.jsonl PROGRAM [ARGUMENT ...]

`make` writes COUNT posts of CHARACTERS characters each, cut from the bodies of POSTS laid end to end, each from another place.
`run` runs PROGRAM with INPUT as its last argument and its standard output in OUTPUT, and prints {seconds, processor_seconds, peak_bytes,
input_bytes, lines} as JSON. Two processes, because a program that Python starts counts Python's own peak as its.
"""
import gzip, json, os, resource, subprocess, sys, time

# A prime, so that posts begin at different places in any text.
STRIDE = 4_999


def make(posts, count, characters, path):
    with gzip.open(posts, 'rt', encoding='utf8') as file:
        text = ''.join(json.loads(line)['flat'] for line in file)
    n_places = len(text) - characters
    if n_places < 1:
        sys.exit(f'{posts} has {len(text)} characters in all, too few')
    with open(path, 'w', encoding='utf8') as file:
        for n in range(count):
            begin = n * STRIDE % n_places
            file.write(json.dumps({'id': str(n), 'flat': text[begin:begin + characters]}, ensure_ascii=False) + '\n')


def run(path, out, program):
    with open(out, 'wb') as file:
        start = time.monotonic()
        subprocess.run([*program, path], stdout=file, check=True)
        seconds = time.monotonic() - start
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    with open(out, 'rb') as file:
        lines = sum(1 for _ in file)
    return {
        'seconds': seconds,
        'processor_seconds': used.ru_utime + used.ru_stime,
        # Linux counts kilobytes, macOS bytes.
        'peak_bytes': used.ru_maxrss if sys.platform == 'darwin' else used.ru_maxrss * 1024,
        'input_bytes': os.path.getsize(path),
        'lines': lines,
    }


if __name__ == '__main__':
    match sys.argv[1:]:
        case ['make', posts, count, characters, path]:
            make(posts, int(count), int(characters), path)
        case ['run', path, out, program, *arguments]:
            print(json.dumps(run(path, out, [program, *arguments])))
        case _:
            sys.exit(__doc__)
