#!/usr/bin/env python3
"""Time and peak memory of a program that recovers the structure of many posts.

usage: python3 speed.py POSTS.jsonl.gz COUNT CHARACTERS INPUT.jsonl OUTPUT.jsonl PROGRAM [ARGUMENT ...]

Writes INPUT, COUNT posts of CHARACTERS characters each, cut from the bodies of POSTS laid end to end, each from another place. Then runs
PROGRAM with INPUT as its last argument and its standard output in OUTPUT, and prints {seconds, peak_bytes, input_bytes, lines} as JSON.
"""
import gzip, json, os, resource, subprocess, sys, time

# Coprime to the number of characters of any corpus that is not made of multiples of it: no two posts begin at the same place.
STRIDE = 4_999


def make(posts, count, characters, path):
    with gzip.open(posts, 'rt', encoding='utf8') as file:
        text = ''.join(json.loads(line)['flat'] for line in file)
    text += text[:characters]
    with open(path, 'w', encoding='utf8') as file:
        for n in range(count):
            begin = n * STRIDE % (len(text) - characters)
            file.write(json.dumps({'id': str(n), 'flat': text[begin:begin + characters]}, ensure_ascii=False) + '\n')


def run(program, path, out):
    with open(out, 'w', encoding='utf8') as file:
        start = time.monotonic()
        subprocess.run([*program, path], stdout=file, check=True)
        seconds = time.monotonic() - start
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    # Linux counts kilobytes, macOS bytes.
    return seconds, peak if sys.platform == 'darwin' else peak * 1024


if __name__ == '__main__':
    if len(sys.argv) < 7:
        sys.exit(__doc__)
    posts, count, characters, path, out, *program = sys.argv[1:]
    make(posts, int(count), int(characters), path)
    seconds, peak = run(program, path, out)
    with open(out, 'rb') as file:
        lines = sum(1 for _ in file)
    print(json.dumps({'seconds': seconds, 'peak_bytes': peak, 'input_bytes': os.path.getsize(path), 'lines': lines}))
