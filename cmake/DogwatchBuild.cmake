# What every target of Dogwatch shares: language level, warnings, sanitizers, where programs land.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_AUTOGEN_ORIGIN_DEPENDS OFF)  # moc reads sources alone: nothing needs to be linked before
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
# Where what is ours alone is installed, beside the folder of programs: they look for it there.
set(DOGWATCH_PRIVATE_DIR lib/dogwatch)

if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release)
endif()

find_program(CCACHE ccache)
if(CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE}")
    set(CMAKE_C_COMPILER_LAUNCHER "${CCACHE}")
endif()

if(DOGWATCH_SANITIZE)
    add_compile_options(-fsanitize=${DOGWATCH_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all -O1)
    add_link_options(-fsanitize=${DOGWATCH_SANITIZE})
endif()

option(DOGWATCH_FUZZ "Build the libFuzzer targets and nothing else with what they need (clang alone)" OFF)
if(DOGWATCH_FUZZ)
    if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
        message(FATAL_ERROR "DOGWATCH_FUZZ needs clang: use the preset `fuzz`")
    endif()
    add_compile_options(-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer -O1)
    add_link_options(-fsanitize=address,undefined)
endif()

# Settings of our own targets, not of what we use. GCC 12 sees overlaps in std::string's own copying that are none
# (GCC bug 105651).
# In a unity build (the presets release, sanitize and tsan: a third of the time; debug and fuzz compile file by file,
# so that each is known to include what it uses) private members of a type of the same file look like types of a header.
function(dogwatch_target_settings target)
    target_compile_options(${target} PRIVATE -Wall -Wextra -Wconversion -Wpedantic
        $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
        $<$<AND:$<CXX_COMPILER_ID:GNU>,$<BOOL:${CMAKE_UNITY_BUILD}>>:-Wno-subobject-linkage>
        $<$<BOOL:${DOGWATCH_WERROR}>:-Werror>)
    target_include_directories(${target} PUBLIC "${PROJECT_SOURCE_DIR}")
    target_compile_definitions(${target} PRIVATE
        QT_NO_KEYWORDS QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_URL_CAST_FROM_STRING
        QT_MESSAGELOGCONTEXT DOGWATCH_VERSION="${PROJECT_VERSION}")
endfunction()

# Links the archives of imported libraries, and of what these need, where they are installed: each shared library
# costs every start of a program half a millisecond, and dogwatchctl is started for each command.
function(dogwatch_link_archives)
    set(waiting ${ARGN})
    set(seen "")
    while(waiting)
        list(POP_FRONT waiting library)
        if(library IN_LIST seen OR NOT TARGET ${library})
            continue()
        endif()
        list(APPEND seen ${library})
        get_target_property(needs ${library} INTERFACE_LINK_LIBRARIES)
        if(needs)
            string(REGEX REPLACE "[.]so[0-9.]*(;|$)" ".a\\1" archives "${needs}")
            if(EXISTS "${archives}")  # a library that pkg-config found: one path
                set_target_properties(${library} PROPERTIES INTERFACE_LINK_LIBRARIES "${archives}")
            endif()
            string(REGEX REPLACE "\\$<LINK_ONLY:([^>]*)>" "\\1" needs "${needs}")
            list(APPEND waiting ${needs})
        endif()
        get_target_property(configurations ${library} IMPORTED_CONFIGURATIONS)
        foreach(configuration IN LISTS configurations)
            get_target_property(location ${library} IMPORTED_LOCATION_${configuration})
            if(location MATCHES "[.]so[0-9.]*$")
                string(REGEX REPLACE "[.]so[0-9.]*$" ".a" archive "${location}")
                if(EXISTS "${archive}")
                    set_target_properties(${library} PROPERTIES IMPORTED_LOCATION_${configuration} "${archive}")
                endif()
            endif()
        endforeach()
    endwhile()
endfunction()

# dogwatch_layer(NAME SOURCES a.cpp ... LINKS x ... [PRIVATE_LINKS y ...] [QT])
#   A static library for one folder of the tree. QT: it has Q_OBJECT classes (moc runs).
function(dogwatch_layer name)
    cmake_parse_arguments(ARG "QT" "" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
    add_library(${name} STATIC ${ARG_SOURCES})
    target_link_libraries(${name} PUBLIC ${ARG_LINKS} PRIVATE ${ARG_PRIVATE_LINKS})
    dogwatch_target_settings(${name})
    if(ARG_QT)
        set_target_properties(${name} PROPERTIES AUTOMOC ON)
    endif()
endfunction()

# dogwatch_program(NAME SOURCES a.cpp ... LINKS x ...)
function(dogwatch_program name)
    cmake_parse_arguments(ARG "QT" "" "SOURCES;LINKS" ${ARGN})
    add_executable(${name} ${ARG_SOURCES})
    target_link_libraries(${name} PRIVATE ${ARG_LINKS})
    dogwatch_target_settings(${name})
    if(ARG_QT)
        set_target_properties(${name} PROPERTIES AUTOMOC ON)
    endif()
endfunction()

# dogwatch_test(NAME SOURCES tst_x.cpp ... LINKS x ... [LABELS unit|vm|gui|e2e threads] [TIMEOUT s] [SERIAL])
#   One Qt Test program, registered with CTest. Console tests run offscreen. SERIAL: measures time or loads
#   the machine, so nothing runs beside it. threads: `make tsan` runs it, too.
function(dogwatch_test name)
    cmake_parse_arguments(ARG "SERIAL" "TIMEOUT" "SOURCES;LINKS;LABELS" ${ARGN})
    add_executable(${name} ${ARG_SOURCES})
    target_link_libraries(${name} PRIVATE ${ARG_LINKS} Qt6::Test)
    dogwatch_target_settings(${name})
    # Test data names the members that matter and leaves the others at their defaults on purpose.
    target_compile_options(${name} PRIVATE -Wno-missing-field-initializers)
    set_target_properties(${name} PROPERTIES AUTOMOC ON RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
    add_test(NAME ${name} COMMAND ${name})
    if("threads" IN_LIST ARG_LABELS)
        add_dependencies(thread_tests ${name})
    endif()
    if(NOT ARG_TIMEOUT)
        set(ARG_TIMEOUT 120)
    endif()
    set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABELS}"
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;QT_LOGGING_TO_CONSOLE=1;DOGWATCH_BIN=${CMAKE_BINARY_DIR}/bin;DOGWATCH_IMAGE=${PROJECT_SOURCE_DIR}/build/image/current")
    if(ARG_SERIAL)
        set_tests_properties(${name} PROPERTIES RUN_SERIAL TRUE)
    endif()
endfunction()
